/* The review desk: keys, words selected in the text, and what a page that is swapped in needs. */

"use strict";

(() => {
  let typed = false;
  const SPANS = ["mention", "cue", "content", "target"];
  const desk = () => document.getElementById("desk");
  const find = (selector) => desk().querySelector(selector);

  /* The words selected in the article with the offset of the first; null where nothing is. */
  const selected = () => {
    const selection = window.getSelection();
    const text = find("#text");
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const raw = range.toString();
    const words = raw.trim();
    if (!words) return null;
    const piece = (range.startContainer.nodeType === Node.TEXT_NODE
      ? range.startContainer.parentElement : range.startContainer).closest("[data-at]");
    /* The site counts characters, a browser the units of UTF-16. */
    const before = piece ? [...range.startContainer.textContent.slice(0, range.startOffset)].length : 0;
    const at = piece ? Number(piece.dataset.at) + before + (raw.length - raw.trimStart().length) : "";
    return { words, at };
  };

  const take = (span) => {
    const chosen = selected();
    if (!chosen) return false;
    const adding = find(".desk-add").open;
    let prefix = adding ? "add-" : "";
    if (span === "add") {
      find(".desk-add").open = true;
      prefix = "add-";
      span = "content";
    }
    const form = find(prefix ? "#add_form" : "#stance_form");
    const field = form.elements[`${prefix}${span}_words`];
    field.value = chosen.words;
    form.elements[`${prefix}${span}_at`].value = chosen.at;
    field.scrollIntoView({ block: "nearest" });
    find("#desk-messages").textContent = `${field.labels[0].textContent} “${chosen.words}”`;
    return true;
  };

  /* One of the candidates for the printed name becomes the actor, as if it had been found by typing. */
  const choose = (key, name) => {
    const field = find("#stance_form").elements.actor;
    if (![...field.options].some((each) => each.value === key)) field.add(new Option(name, key));
    field.value = key;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    typed = true;
    find("#desk-messages").textContent = `Actor: ${name}. Accept to save.`;
  };

  const showReasons = () => {
    find(".desk-reasons").hidden = false;
    const note = find("#stance_form").elements.note;
    note.focus();
    note.scrollIntoView({ block: "nearest" });
  };

  const choosing = () => !find(".desk-reasons")?.hidden;

  /* The page that comes back would put the focus into its own field for notes, and keys would be words again. */
  const reject = () => {
    document.activeElement.blur();
    find("[data-reject]").click();
  };

  const act = (key) => {
    if (key === "?") return document.getElementById("keys").showModal();
    if (!find("#stance_form") && key !== "u" && key !== "/") return undefined;
    if (key === "r") return showReasons();
    if (key === "e") return find("#stance_form select, #stance_form input:not([type=hidden])").focus();
    if (key === "s") return take("add");
    if (SPANS[Number(key) - 1]) return take(SPANS[Number(key) - 1]);
    const target = [...desk().querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    return target ? target.click() : undefined;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest("input, textarea, select, .select2-container");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      if (event.target.name !== "note" || !choosing()) return;
      const reason = desk().querySelectorAll("[data-reason]")[Number(event.key) - 1];
      if (reason && !event.target.value) {
        event.preventDefault();
        event.target.value = reason.dataset.reason;
      } else if (event.key === "Enter" && !event.shiftKey && event.target.value.trim()) {
        event.preventDefault();
        reject();
      }
      return;
    }
    if (/^[arenpus/?1-4]$/.test(event.key)) {
      event.preventDefault();
      act(event.key);
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#desk button");
    if (!button) return;
    if (button.dataset.span) take(button.dataset.span);
    else if (button.dataset.actor) choose(button.dataset.actor, button.dataset.name);
    else if ("help" in button.dataset) act("?");
    else if ("edit" in button.dataset) act("e");
    else if (button.dataset.reason) {
      find("#stance_form").elements.note.value = button.dataset.reason;
    } else if ("reject" in button.dataset && !find("#stance_form").elements.note.value.trim()) {
      event.preventDefault();
      showReasons();
    }
  });

  document.addEventListener("selectionchange", () => {
    const bar = desk() && find(".desk-selection");
    if (bar) bar.hidden = !selected();
  });

  /* Words on a page that nobody left on purpose are not lost without a question. */
  document.addEventListener("input", () => { typed = true; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

  const ready = () => {
    typed = false;
    desk().querySelectorAll("[data-help], [data-edit]").forEach((each) => { each.hidden = false; });
    find(".mark-content")?.scrollIntoView({ block: "center" });
    const jquery = window.django && window.django.jQuery;
    if (jquery && jquery.fn.djangoAdminSelect2) {
      jquery(desk()).find(".admin-autocomplete").not(".select2-hidden-accessible").djangoAdminSelect2();
    }
  };

  document.addEventListener("submit", () => { typed = false; });
  /* Who else is here comes anew while one types; only a new desk means that nothing is typed yet. */
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt.id === "desk") ready(); });
  const lost = (gone) => { document.getElementById("lost").hidden = !gone; };
  document.addEventListener("htmx:sendError", () => lost(true));
  document.addEventListener("htmx:responseError", () => lost(true));
  document.addEventListener("htmx:afterOnLoad", () => lost(false));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
