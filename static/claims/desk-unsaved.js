/* The review desk: what is typed and not saved yet, and what became of what was sent. Nothing typed is lost unseen. */

"use strict";

const deskUnsaved = (() => {
  const FORMS = ["stance_form", "add_form"];
  /* What each form held when its page came, by its id: pairs of names and values. */
  let loaded = {};
  let warned = null;
  let leaving = false;

  const valuesOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

  /* The labels of what differs in a form from what it was loaded with; a refused form holds what nobody saved. */
  const unsavedIn = (id) => {
    const form = document.getElementById(id);
    if (!form) return [];
    const before = JSON.stringify(loaded[id] ?? []);
    const now = valuesOf(form);
    if (JSON.stringify(now) === before) return "unsaved" in form.dataset ? ["what was refused"] : [];
    const known = new Map(loaded[id]);
    const names = new Set([...known.keys(), ...now.map(([name]) => name)]);
    const current = new Map(now);
    const labels = [...names].filter((name) => known.get(name) !== current.get(name))
      .map((name) => form.elements[name]?.labels?.[0]?.textContent.replace(/:$/, "")).filter(Boolean);
    return labels.length ? labels : ["selected words"];
  };

  const unsaved = (except = "") => FORMS.filter((id) => id !== except).flatMap(unsavedIn);

  /* A new desk has come: nothing is typed in it yet. */
  const ready = () => {
    loaded = {};
    warned = null;
    FORMS.map((id) => document.getElementById(id)).filter(Boolean)
      .forEach((form) => { loaded[form.id] = valuesOf(form); });
  };

  const lost = (kind) => {
    document.querySelectorAll("#lost p").forEach((each) => { each.hidden = each.dataset.lost !== kind; });
  };
  const failed = (status) => ({ 401: "signed-out", 403: "refused", 404: "gone" })[status] ?? "failed";

  /* What the desk asks for beside the person's work: who is here, whom a name may mean. */
  const isAside = (element) => element.matches(".desk-presence, .desk-candidates");

  document.addEventListener("htmx:confirm", (event) => {
    const element = event.detail.elt;
    if (isAside(element) || !element.closest("#desk") || "startAnew" in element.dataset) return;
    const names = unsaved(element.id);
    if (!names.length || warned === element) return;
    event.preventDefault();
    warned = element;
    document.dispatchEvent(new CustomEvent("desk:say", {
      detail: `Not saved yet: ${[...new Set(names)].join(", ")}. Do the same again to go on without.`,
    }));
  });
  document.addEventListener("input", () => { warned = null; });

  /* Who signs in again in another tab gets another token there; the forms of this one have the old. */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const parameters = event.detail.parameters;
    if (token && parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = token[1];
  });

  document.addEventListener("htmx:sendError", () => lost("silent"));
  document.addEventListener("htmx:timeout", () => lost("silent"));
  document.addEventListener("htmx:responseError", (event) => lost(failed(event.detail.xhr.status)));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful && event.detail.xhr.status !== 422) return;
    /* That the site answers a question aside does not mend what it failed to do. */
    const shown = document.querySelector("#lost p:not([hidden])")?.dataset.lost;
    if (!isAside(event.detail.elt) || shown === "silent" || shown === "signed-out") lost(null);
  });

  document.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && unsaved().length) event.preventDefault(); });

  return { ready, unsaved };
})();
