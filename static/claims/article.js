/* The page of an article: a click on marked words opens what was read there, and the words of an open card stand out.
   Without this file the numbers behind the words do the same as links. */

"use strict";

(() => {
  const notes = [...document.querySelectorAll("details.stance-note")];
  const marks = [...document.querySelectorAll("mark[data-stances]")];
  const panel = document.querySelector(".article aside");
  const byNumber = new Map(notes.map((note) => [note.dataset.number, note]));
  const numbersOf = (mark) => mark.dataset.stances.split(" ");

  /* Cards stand beside the text where there is room, otherwise below it. */
  const isBeside = () => getComputedStyle(panel).position === "sticky";

  const lightUp = () => {
    const open = new Set(notes.filter((note) => note.open).map((note) => note.dataset.number));
    for (const mark of marks) {
      mark.classList.toggle("mark-current", numbersOf(mark).some((number) => open.has(number)));
    }
  };

  const open = (note) => {
    note.open = true;
    const head = note.querySelector("summary");
    head.focus({ preventScroll: isBeside() });
    if (isBeside()) {
      panel.scrollTop += head.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8;
    } else {
      note.scrollIntoView({ block: "start" });
    }
    history.replaceState(null, "", `#note-${note.dataset.number}`);
  };

  for (const note of notes) note.addEventListener("toggle", lightUp);

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#note-"]');
    const mark = event.target.closest("mark[data-stances]");
    const isSelecting = String(getSelection()) !== "";
    if (link) {
      const note = byNumber.get(link.hash.slice("#note-".length));
      if (!note) return;
      event.preventDefault();
      open(note);
    } else if (mark && !isSelecting && !event.target.closest("a")) {
      const there = numbersOf(mark).map((number) => byNumber.get(number)).filter(Boolean);
      /* Words of several stances: each click opens the next of them. */
      const now = there.findIndex((note) => note.open);
      if (there.length) open(there[(now + 1) % there.length]);
    }
  });

  document.documentElement.classList.add("has-cards");
  lightUp();
})();
