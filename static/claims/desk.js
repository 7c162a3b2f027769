/* The review desk: its keys, and what a desk that was swapped in needs. */

"use strict";

(() => {
  const desk = () => document.getElementById("desk");
  const find = (selector) => desk().querySelector(selector);
  const stanceForm = () => document.getElementById("stance_form");
  const help = () => document.getElementById("keys");

  /* Tells everybody: on the page, and through the part of it that screen readers speak. */
  const say = (words) => {
    const line = document.createElement("p");
    line.textContent = words;
    find("#desk-messages").replaceChildren(line);
    document.getElementById("desk-said").textContent = words;
  };
  document.addEventListener("desk:say", (event) => say(event.detail));

  /* Out of the fields: keys are keys again. */
  const home = () => (find(".desk-sum") ?? find(".desk-done")).focus({ preventScroll: true });

  /* One of the candidates for the printed name becomes the actor, as if it had been found by typing. */
  const choose = (button) => {
    const { actor: key, name } = button.dataset;
    const field = stanceForm().elements.actor;
    if (![...field.options].some((each) => each.value === key)) field.add(new Option(name, key));
    field.value = key;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    say(`Actor: ${name}. Accept to save.`);
  };

  const candidate = (number) => desk().querySelectorAll("[data-actor]")[number - 1];

  const askWho = () => {
    const box = window.django.jQuery(stanceForm().elements.actor);
    box.one("select2:close", () => setTimeout(home));
    box.select2("open");
  };

  const askWhy = () => {
    find(".desk-reasons").hidden = false;
    const note = stanceForm().elements.note;
    note.focus();
    note.scrollIntoView({ block: "nearest" });
    say("Why is it rejected? Press the number of a reason, or type one and press Enter.");
  };

  const choosingReason = () => find(".desk-reasons")?.hidden === false;

  const reject = (reason) => {
    if (reason) stanceForm().elements.note.value = reason;
    home();
    find("[name=_reject]").click();
  };

  const save = (form) => {
    home();
    form.requestSubmit(form.querySelector("button.default"));
  };

  const press = (key) => {
    const target = [...desk().querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (target) return target.click();
    if (key === "n") return say("No other one waits behind this one.");
    if (key === "p") return say("No other one waits before this one.");
    return undefined;
  };

  const toggleHelp = () => (help().open ? help().close() : help().showModal());

  const add = () => {
    const form = document.getElementById("add_form");
    if (!deskSelection.selected() && find(".desk-add").open) save(form);
    else say(deskSelection.take("add"));
  };

  const ACTS = {
    "?": toggleHelp,
    e: () => stanceForm().querySelector(".field-actor .select2-selection, select").focus(),
    f: () => stanceForm().elements.side.focus(),
    h: () => stanceForm().elements.act.focus(),
    r: () => (find(".desk-reasons") ? askWhy() : press("r")),
    s: () => find(".desk-add") && add(),
    t: () => deskSelection.enter(),
    w: askWho,
  };
  deskSelection.SPANS.forEach((span, index) => { ACTS[index + 1] = () => say(deskSelection.take(span)); });
  const ANYWHERE = ["?", "/", "u"];

  const act = (key) => {
    if (!stanceForm() && !ANYWHERE.includes(key)) return say("Nothing waits here.");
    return (ACTS[key] ?? (() => press(key)))();
  };

  /* Keys within a field are words, but for these. */
  const type = (event) => {
    const field = event.target;
    if (event.key === "Escape") {
      if (!document.querySelector(".select2-container--open")) home();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) {
      event.preventDefault();
      save(field.form);
    } else if (field.matches(".select2-search__field")) {
      const chosen = field.value ? null : candidate(Number(event.key));
      if (!chosen) return;
      event.preventDefault();
      choose(chosen);
      window.django.jQuery(stanceForm().elements.actor).select2("close");
      home();
    } else if (field.name === "note" && choosingReason()) {
      const reason = desk().querySelectorAll("[data-reason]")[Number(event.key) - 1];
      if (reason && !field.value) {
        event.preventDefault();
        reject(reason.dataset.reason);
      } else if (event.key === "Enter" && !event.shiftKey && field.value.trim()) {
        event.preventDefault();
        reject();
      }
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, .select2-container")) return type(event);
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
    if (help().open && event.key !== "?") return undefined;
    if (!(event.key in ACTS) && !["a", "n", "p", "u", "/"].includes(event.key)) return undefined;
    event.preventDefault();
    return act(event.key);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#desk button");
    if (!button) return;
    if (button.dataset.span) say(deskSelection.take(button.dataset.span));
    else if (button.dataset.actor) choose(button);
    else if (button.dataset.reason) reject(button.dataset.reason);
    else if (button.type === "button") act(button.dataset.key);
    else if (button.name === "_reject" && !stanceForm().elements.note.value.trim()) {
      event.preventDefault();
      askWhy();
    }
  });

  /* Where the swapped desk took the focus away, it goes to what is wrong, else to the stance that lies there now. */
  const settleFocus = () => {
    const wrong = find(".errornote");
    if (wrong) wrong.focus();
    else if (document.activeElement === document.body || document.activeElement.closest("#desk form")) {
      if (document.activeElement.id !== "desk-order") home();
    }
  };

  /* What is said on the page is spoken too, with how many wait. */
  const announce = () => {
    const told = [...desk().querySelectorAll("#desk-messages p")].map((each) => each.textContent);
    document.getElementById("desk-said").textContent = [...told, find(".waiting").textContent].join(" ");
  };

  const ready = () => {
    deskUnsaved.ready();
    desk().querySelectorAll("button[data-key][hidden]").forEach((each) => { each.hidden = false; });
    deskSelection.center(find("#text .mark-content"));
    const jquery = window.django && window.django.jQuery;
    if (jquery && jquery.fn.djangoAdminSelect2) {
      jquery(desk()).find(".admin-autocomplete").not(".select2-hidden-accessible").djangoAdminSelect2();
    }
  };

  /* Who else is here comes anew while one types; only a new desk means that nothing is typed yet. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "desk") return;
    ready();
    settleFocus();
    announce();
  });
  /* A screen reader would say every twenty seconds who is here still. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, serverResponse } = event.detail;
    if (target.matches(".desk-presence") && target.innerHTML === serverResponse) event.detail.shouldSwap = false;
  });
  ready();
  /* What is there when a page comes is not spoken; what comes into it is. */
  setTimeout(announce);
})();
