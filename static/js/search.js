/* Instant search and names to choose after the ARIA combobox pattern, and lists that follow their filters. Without this file the same forms work. */
"use strict";
(() => {
  const address = document.currentScript.dataset.htmx;
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

  function equip(input) {
    const list = document.createElement("div");
    const options = () => [...list.querySelectorAll("[role=option]")];
    const active = () => list.querySelector("[aria-selected=true]");
    set(list, { id: `${input.id}-hits`, role: "listbox", class: "quick", "aria-label": input.dataset.label });
    list.hidden = true;
    input.parentElement.append(list);
    set(input, { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id, autocomplete: "off" });
    set(input, { "hx-get": input.dataset.quick, "hx-trigger": "input changed delay:150ms, late delay:150ms", "hx-target": `#${list.id}`, "hx-sync": "this:replace" });
    if (window.htmx) htmx.process(input);

    function choose(option) {
      options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }
    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(null);
    }
    list.addEventListener("htmx:afterSwap", () => {
      options().forEach((one, at) => { one.id = `${list.id}-${at}`; });
      show(options().length > 0 && document.activeElement === input);
      said.textContent = list.hidden ? "" : list.querySelector("[data-said]").dataset.said;
    });
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-fills]");
      if (!option) return;
      event.preventDefault();
      input.value = option.dataset.fills;
      show(false);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("blur", () => show(false));
    input.addEventListener("htmx:responseError", () => show(false));
    input.addEventListener("keydown", (event) => {
      const all = options();
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && all.length) {
        event.preventDefault();
        show(true);
        // One place before the first and after the last is the field itself.
        const at = (all.indexOf(active()) + 1 + step + all.length + 1) % (all.length + 1);
        choose(at ? all[at - 1] : null);
      } else if (event.key === "Enter" && !list.hidden && active()) {
        event.preventDefault();
        active().click();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      }
    });
  }

  const unfolded = new Set();
  const folds = (root) => [...root.querySelectorAll(".facets details, details.facets")];
  const nameOf = (fold) => fold.querySelector("summary").id;

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.matches("input[data-quick]")) {
      detail.formData.delete(detail.elt.name);
      detail.formData.set("q", detail.elt.value);
    }
    if (!detail.elt.matches(".listing")) return;
    if (!detail.formData.get("q")) detail.formData.delete("q");
    if (detail.formData.get("sort") === "relevance") detail.formData.delete("sort");
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    unfolded.clear();
    folds(detail.target).filter((fold) => fold.open).forEach((fold) => unfolded.add(nameOf(fold)));
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!detail.elt.matches(".listing")) return;
    folds(detail.elt).forEach((fold) => { fold.open = fold.open || unfolded.has(nameOf(fold)); });
    detail.elt.querySelectorAll("input[data-quick]").forEach(equip);
    said.textContent = detail.elt.querySelector(".results-head [role=status]").textContent;
  });
  document.querySelectorAll("input[data-quick]").forEach(equip);

  /* htmx is fetched when a field or a filter is first touched, so that no first view waits for it. What was done meanwhile is done then. */
  let late = null;
  function fetchHtmx() {
    if (document.querySelector(`script[src="${address}"]`)) return;
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", () => {
      if (late?.matches("input[data-quick]")) htmx.trigger(late, "late");
      else late?.dispatchEvent(new Event("change", { bubbles: true }));
    });
    document.head.append(script);
  }
  const whenLoaded = (act) => (document.readyState === "complete" ? act() : addEventListener("load", act));
  ["focusin", "pointerdown", "input"].forEach((kind) => document.addEventListener(kind, ({ type, target }) => {
    if (window.htmx || !target.closest("input[data-quick], form[hx-get] .facets")) return;
    if (type === "input") late = target;
    whenLoaded(fetchHtmx);
  }));
  addEventListener("popstate", ({ state }) => { if (state?.htmx && !window.htmx) location.reload(); });
})();
