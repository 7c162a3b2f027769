/* The review desk: words selected in the article, by mouse or by keys, and their way into the forms. */

"use strict";

const deskSelection = (() => {
  const SPANS = ["mention", "cue", "content", "target"];
  const text = () => document.getElementById("text");
  const adding = () => document.querySelector(".desk-add");

  /* The words selected in the article with the offset of the first; null where nothing is. */
  const selected = () => {
    const selection = window.getSelection();
    if (!text() || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text().contains(range.commonAncestorContainer)) return null;
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

  /* Puts the selected words into the field of a span, of the stance or of the one being added; says what it did. */
  const take = (name) => {
    const chosen = selected();
    if (!chosen) return "First select words in the article: with the mouse, or by t and the arrow keys.";
    if (name === "add") adding().open = true;
    const prefix = adding()?.open ? "add-" : "";
    const span = name === "add" ? "content" : name;
    const form = document.getElementById(prefix ? "add_form" : "stance_form");
    const field = form.elements[`${prefix}${span}_words`];
    field.value = chosen.words;
    form.elements[`${prefix}${span}_at`].value = chosen.at;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollIntoView({ block: "nearest" });
    window.getSelection().removeAllRanges();
    return `${prefix ? "New stance, " : ""}${field.labels[0].textContent} “${chosen.words}”`;
  };

  const within = (selection) => selection.rangeCount > 0 && text().contains(selection.focusNode);

  const show = (selection) => {
    const box = selection.getRangeAt(0).getBoundingClientRect();
    const frame = text().getBoundingClientRect();
    if (box.top < frame.top) text().scrollTop += box.top - frame.top - 24;
    else if (box.bottom > frame.bottom) text().scrollTop += box.bottom - frame.bottom + 24;
  };

  /* Scrolls the text, and not the page, so that a piece of it stands in the middle. */
  const center = (piece) => {
    if (!piece) return;
    const frame = text().getBoundingClientRect();
    text().scrollTop += piece.getBoundingClientRect().top - frame.top - frame.height / 2;
  };

  /* Goes to the text; what is selected first is the cue. */
  const enter = () => {
    text().focus({ preventScroll: true });
    const selection = window.getSelection();
    if (!within(selection)) {
      selection.selectAllChildren(text().querySelector(".mark-cue") ?? text().firstElementChild);
      show(selection);
    }
  };

  /* Selects the next word or the one before, or with ``more`` takes that one in too. */
  const step = (direction, more) => {
    const selection = window.getSelection();
    if (!within(selection)) return enter();
    const before = selection.getRangeAt(0).cloneRange();
    if (more) {
      selection.modify("extend", direction, "word");
    } else if (direction === "forward") {
      selection.collapseToEnd();
      selection.modify("move", "forward", "word");
      selection.modify("move", "backward", "word");
      selection.modify("extend", "forward", "word");
    } else {
      selection.collapseToStart();
      selection.modify("move", "backward", "word");
      selection.modify("extend", "forward", "word");
    }
    if (!within(selection) || !text().contains(selection.anchorNode)) {
      selection.removeAllRanges();
      selection.addRange(before);
    }
    return show(selection);
  };

  document.addEventListener("keydown", (event) => {
    if (event.target !== text() || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
    if (!direction) return;
    event.preventDefault();
    step(direction, event.shiftKey);
    document.dispatchEvent(new CustomEvent("desk:say", { detail: selected()?.words ?? "" }));
  });

  document.addEventListener("selectionchange", () => {
    const bar = document.querySelector(".desk-selection");
    if (!bar) return;
    bar.hidden = !selected();
    const added = bar.querySelector("[data-added]");
    if (added) added.hidden = !adding().open;
  });

  return { SPANS, center, enter, selected, take };
})();
