"use strict";

// Shows what the patterns of a topic fit while they are typed. Without it the button opens the same on a page of its own.
{
    const WAIT = 600;

    const start = (block) => {
        const button = block.querySelector("button");
        const result = block.querySelector(".topic-preview-result");
        const patterns = button.form.elements.patterns;
        let waiting;
        let latest = 0;

        const show = async () => {
            latest += 1;
            const mine = latest;
            const body = new URLSearchParams({ patterns: patterns.value });
            body.set("csrfmiddlewaretoken", button.form.elements.csrfmiddlewaretoken.value);
            body.set("topic", button.form.elements.topic?.value ?? "");
            result.setAttribute("aria-busy", "true");
            let html;
            try {
                const answer = await fetch(button.formAction, {
                    method: "POST",
                    headers: { "X-Requested-With": "fetch" },
                    body,
                });
                html = answer.ok ? await answer.text() : null;
            } catch {
                html = null;
            }
            // An answer that comes late must not replace that of what was typed since.
            if (mine !== latest) {
                return;
            }
            result.removeAttribute("aria-busy");
            if (html === null) {
                result.textContent = "The preview did not come. Try again, or reload the page.";
            } else {
                result.innerHTML = html;
            }
        };

        patterns.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(show, WAIT);
        });
        button.addEventListener("click", (event) => {
            event.preventDefault();
            clearTimeout(waiting);
            show();
        });
        if (patterns.value.trim()) {
            show();
        }
    };

    document.addEventListener("DOMContentLoaded", () => {
        document.querySelectorAll("[data-preview]").forEach(start);
    });
}
