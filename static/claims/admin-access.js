"use strict";

// Gives a name to what Django's admin leaves nameless for screen readers.
{
    // What stands at the head of the table's column that the element is in.
    const headingOf = (element) => {
        const column = element.closest("td")?.cellIndex;
        return element.closest("table")?.querySelectorAll("thead th")[column]?.textContent.trim() ?? "";
    };

    const nameOf = (field) => field.labels[0]?.textContent.trim().replace(/:$/, "") || headingOf(field);

    // Select2 is called what is chosen in it, so an empty one is called nothing: it gets the name of its field.
    const nameChoices = (root) => {
        for (const select of root.querySelectorAll("select.admin-autocomplete")) {
            const box = select.nextElementSibling?.querySelector(".select2-selection");
            const chosen = box?.querySelector(".select2-selection__rendered");
            if (chosen) {
                box.removeAttribute("aria-labelledby");
                box.setAttribute("aria-label", nameOf(select));
                box.setAttribute("aria-describedby", chosen.id);
                chosen.setAttribute("aria-label", nameOf(select));
            }
        }
    };

    // In tables of rows the columns of the row's name and of its removal have no heading, and some fields no label.
    const nameTables = (root) => {
        for (const heading of root.querySelectorAll(".inline-group thead th")) {
            if (!heading.textContent.trim()) {
                const words = document.createElement("span");
                words.className = "visually-hidden";
                words.textContent = heading.classList.contains("original") ? "Row" : "Remove";
                heading.append(words);
            }
        }
        for (const field of root.querySelectorAll("td input:not([type=hidden]), td select, td textarea")) {
            if (!field.labels.length && !field.hasAttribute("aria-label") && headingOf(field)) {
                field.setAttribute("aria-label", headingOf(field));
            }
        }
    };

    // A day and a time share one label that belongs to neither; a magnifying glass is a picture with a name.
    const nameTimes = (root) => {
        for (const field of root.querySelectorAll(".datetime input")) {
            const label = field.closest(".form-row, fieldset")?.querySelector("label, legend");
            if (label && !field.labels.length) {
                const part = field.classList.contains("vTimeField") ? "time" : "date";
                field.setAttribute("aria-label", `${label.textContent.trim().replace(/:$/, "")}, ${part}`);
            }
        }
    };
    const nameIcons = () => {
        document.querySelectorAll(".help-tooltip[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
    };
    window.addEventListener("load", () => setTimeout(nameIcons));

    const nameAll = (root) => {
        nameTimes(root);
        nameChoices(root);
        nameTables(root);
    };

    // This script is deferred, so Django's own, which make the boxes, were there to be called first.
    if (window.django?.jQuery) {
        django.jQuery(() => nameAll(document));
    }
    // What htmx swaps in gets its boxes from the page's script first.
    document.addEventListener("htmx:afterSettle", (event) => setTimeout(() => nameAll(event.target)));
    // The desk's key for searching leads to the list's field, which a fragment alone does not put the cursor into.
    if (location.hash === "#searchbar") {
        document.getElementById("searchbar")?.focus();
    }
    document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
}
