/* The moving map in the place of the still picture. Without this file, or without WebGL, the picture and the table remain. */
"use strict";
(() => {
  const { EdgeLineProgram, NodePointProgram, Sigma, UndirectedGraph } = SigmaKit;
  const GROUPS = ["academia", "care", "public", "company", "funding", "cluster", "infrastructure"]; // in the order of the shader
  const place = document.getElementById("moving");
  const find = (selector) => place.querySelector(selector);
  const form = document.querySelector(".map-filters");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const scale = () => Math.min(1, find(".stage").clientWidth / 640); // on a stage of fewer pixels all shapes are smaller in the same measure
  let graph, sigma, large, colours, focused = null, near = new Set(), waiting = [];

  /* The shapes of templates/macros/map.html as distances from their outlines. */
  const SHAPES = `
    float star(vec2 p) {
      const vec2 k = vec2(0.809017, -0.587785), l = vec2(-0.809017, -0.587785);
      p.x = abs(p.x); p -= 2.0 * max(dot(k, p), 0.0) * k; p -= 2.0 * max(dot(l, p), 0.0) * l; p.x = abs(p.x); p.y -= 1.35;
      vec2 b = 0.43 * vec2(-k.y, k.x) - vec2(0.0, 1.0);
      float h = clamp(dot(p, b) / dot(b, b), 0.0, 1.35);
      return length(p - b * h) * sign(p.y * b.x - p.x * b.y);
    }
    float outline(vec2 p, float kind) {
      vec2 a = abs(p);
      if (kind < 0.5) return length(p) - 1.0;
      if (kind < 1.5) return min(max(a.x - 0.4, a.y - 1.1), max(a.x - 1.1, a.y - 0.4));
      if (kind < 2.5) return max(-p.y - 1.0, dot(vec2(a.x, p.y - 1.2), vec2(0.878, 0.479)));
      if (kind < 3.5) return (a.x + a.y - 1.3) * 0.707;
      if (kind < 4.5) return star(p);
      if (kind < 5.5) return abs(length(p) - 0.75) - 0.3;
      return max(a.x, a.y) - 0.9;
    }`;
  /* A point for each actor: without a graphics card a browser draws thousands of points at once, but instances one by one. */
  class ShapeProgram extends NodePointProgram {
    getDefinition() {
      const held = super.getDefinition();
      return {
        ...held,
        ATTRIBUTES: [...held.ATTRIBUTES, { name: "a_kind", size: 1, type: WebGLRenderingContext.FLOAT }],
        VERTEX_SHADER_SOURCE: held.VERTEX_SHADER_SOURCE
          .replace("attribute float a_size;", "attribute float a_size;\nattribute float a_kind;\nvarying float v_kind;\nvarying float v_unit;")
          .replace(/}\s*$/, "v_kind = a_kind; v_unit = gl_PointSize / 2.8; }"),
        FRAGMENT_SHADER_SOURCE: `precision highp float;
          varying vec4 v_color; varying float v_kind; varying float v_unit;
          ${SHAPES}
          void main(void) {
            vec2 p = (gl_PointCoord - 0.5) * vec2(2.8, -2.8);
            #ifdef PICKING_MODE
            gl_FragColor = length(p) < 1.4 ? v_color : vec4(0.0);
            #else
            gl_FragColor = v_color * clamp(0.5 - outline(p, v_kind) * v_unit, 0.0, 1.0);
            #endif
          }`,
      };
    }
    processVisibleItem(number, start, data) {
      super.processVisibleItem(number, start, data);
      this.array[start + 5] = GROUPS.indexOf(data.group);
    }
    renderProgram(params, program) {
      if (!program.isPicking || !(large && moving(this.renderer))) super.renderProgram(params, program); // nobody points at an actor of a map in movement
    }
  }

  /* Whether the map moves, as sigma tells it when it hides ties and names. */
  const moving = (renderer) => {
    const { isMoving, draggedEvents, currentWheelDirection } = renderer.getMouseCaptor();
    return renderer.getCamera().isAnimated() || isMoving || draggedEvents > 0 || currentWheelDirection !== 0;
  };

  const waitWithName = (context, data, settings) => waiting.push({ context, data, settings });

  /* Write names, of large actors first: right of the actor, else left of it, else not at all; no name covers another or a named actor. */
  function writeNames() {
    const taken = waiting.map(({ data: { x, y, size } }) => ({ x: x - size, y, width: 2 * size, height: 2 * size }));
    waiting.sort((a, b) => b.data.size - a.data.size);
    for (const { context, data, settings } of waiting) {
      const place = placesOfName(context, data, settings).find((one) => one.x >= 0 && one.x + one.width <= sigma.getDimensions().width && !taken.some((other) => touch(one, other)));
      if (!place) continue;
      taken.push(place);
      writeName(context, data.label, place, settings);
    }
  }

  const touch = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

  function placesOfName(context, data, { labelSize, labelFont }) {
    context.font = `${labelSize}px ${labelFont}`;
    const { width } = context.measureText(data.label);
    return [data.x + data.size + 3, data.x - data.size - 3 - width].map((x) => ({ x, y: data.y, width, height: labelSize + 2 }));
  }

  function writeName(context, name, { x, y }, { labelSize, labelFont }) {
    context.font = `${labelSize}px ${labelFont}`;
    context.lineWidth = 3;
    context.strokeStyle = colours.paper;
    context.fillStyle = colours.ink;
    context.strokeText(name, x, y + labelSize / 3);
    context.fillText(name, x, y + labelSize / 3);
  }

  function drawHover(context, data, settings) {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = colours.ink;
    context.stroke();
    const [right, left] = placesOfName(context, { ...data, label: data.label || "" }, settings);
    writeName(context, data.label || "", right.x + right.width > sigma.getDimensions().width ? left : right, settings);
  }

  function readColours() {
    colours = Object.fromEntries([...GROUPS, "paper", "ink", "line", "quiet", "accent"].map((name) => [name, colour(name)]));
  }

  function graphOf(held) {
    const made = new UndirectedGraph();
    const base = held.slugs.length > 1500 ? 2 : 4;
    held.slugs.forEach((slug, n) => {
      const [kind, group] = held.kinds[held.kind[n]];
      made.addNode(slug, { x: held.x[n], y: (9999 - held.y[n]) * 0.72, label: held.names[n], kind, group });
    });
    for (let n = 0; n < held.ties.length; n += 3) {
      made.addEdge(held.slugs[held.ties[n]], held.slugs[held.ties[n + 1]], { words: held.tie_words[held.ties[n + 2]] });
    }
    made.forEachNode((node) => made.setNodeAttribute(node, "size", scale() * (base + Math.min(10, Math.sqrt(made.degree(node)) * 1.2))));
    return made;
  }

  const shownNode = (node, data) => {
    const clear = focused === null || node === focused || near.has(node);
    return { ...data, color: clear ? colours[data.group] : colours.line, label: clear ? data.label : "", forceLabel: focused !== null && clear && near.size < 40, zIndex: clear ? 1 : 0, highlighted: node === focused };
  };
  const shownEdge = (edge, data) => {
    const clear = focused !== null && graph.hasExtremity(edge, focused);
    return { ...data, color: clear ? colours.quiet : colours.line, hidden: focused !== null && !clear, zIndex: clear ? 1 : 0 };
  };

  function move(state) {
    const camera = sigma.getCamera();
    if (calm.matches) camera.setState(state);
    else camera.animate(state, { duration: 300 });
  }

  const counted = (n) => (n === 1 ? place.dataset.one : place.dataset.many).replace("#", n);

  /* Show one actor with its partners and dim all others; the live region tells it. */
  function focus(node, centre) {
    focused = node !== null && graph.hasNode(node) ? node : null;
    near = new Set(focused === null ? [] : graph.neighbors(focused));
    sigma.refresh({ skipIndexation: true });
    find(".about").hidden = focused === null;
    if (focused === null) return;
    const held = graph.getNodeAttributes(focused);
    find(".name").textContent = held.label;
    find(".name").href = place.dataset.profile.replace("0slug0", encodeURIComponent(focused));
    find(".said").textContent = `${held.label}, ${held.kind}: ${counted(near.size)}`;
    const partners = [...near].sort((a, b) => graph.degree(b) - graph.degree(a) || (a < b ? -1 : 1));
    find(".partners").replaceChildren(...partners.slice(0, 40).map(partner));
    if (centre) {
      const { x, y } = sigma.getNodeDisplayData(focused);
      move({ x, y, ratio: Math.min(0.5, sigma.getCamera().ratio) });
    }
  }

  function partner(node) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const words = graph.getEdgeAttribute(graph.edge(focused, node), "words");
    button.type = "button";
    button.textContent = graph.getNodeAttribute(node, "label");
    button.addEventListener("click", () => { focus(node, true); find(".name").focus(); });
    // the words run from the one that comes first in the data, which is in order of slug
    item.append(button, ` ${words[graph.source(graph.edge(focused, node)) === focused ? 1 : 0]}`);
    return item;
  }

  function equipSearch() {
    const input = find("input");
    const matches = () => {
      const asked = folded(input.value.trim());
      const held = graph.nodes().map((node) => [node, graph.getNodeAttribute(node, "label")]).filter(([, name]) => folded(name).includes(asked));
      const rank = ([node, name]) => (folded(name) === asked ? -2 : folded(name).startsWith(asked) ? -1 : 0) * 1e6 - graph.degree(node);
      return asked ? held.sort((a, b) => rank(a) - rank(b)) : [];
    };
    input.addEventListener("input", () => {
      find("datalist").replaceChildren(...matches().slice(0, 12).map(([, name]) => Object.assign(document.createElement("option"), { value: name })));
    });
    find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const [first] = matches();
      if (first) focus(first[0], true);
      else find(".said").textContent = place.dataset.none;
    });
  }

  const KEYS = {
    ArrowLeft: (c) => ({ x: c.x - 0.1 * c.ratio }), ArrowRight: (c) => ({ x: c.x + 0.1 * c.ratio }),
    ArrowUp: (c) => ({ y: c.y + 0.1 * c.ratio }), ArrowDown: (c) => ({ y: c.y - 0.1 * c.ratio }),
    "+": (c) => ({ ratio: c.ratio / 1.5 }), "-": (c) => ({ ratio: c.ratio * 1.5 }), 0: () => ({ x: 0.5, y: 0.5, ratio: 1 }),
  };

  function equipStage(stage) {
    const press = (key) => move({ ...sigma.getCamera().getState(), ...KEYS[key](sigma.getCamera().getState()) });
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Escape") focus(null);
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      press(event.key);
    });
    place.querySelectorAll("[data-key]").forEach((button) => button.addEventListener("click", () => press(button.dataset.key)));
    find(".leave").addEventListener("click", () => { focus(null); stage.focus(); });
    let rest;
    sigma.on("beforeRender", () => {
      waiting = [];
      clearTimeout(rest);
      if (stage.classList.toggle("swift", large && moving(sigma))) rest = setTimeout(() => sigma.scheduleRender(), 300); // a movement against a bound ends without a last frame
    });
    sigma.on("afterRender", writeNames);
    sigma.scheduleRender();
    // One finger scrolls the page and taps; two move the map.
    stage.addEventListener("touchstart", ({ touches }) => { sigma.getTouchCaptor().enabled = touches.length > 1; }, { capture: true, passive: true });
    // The wheel scrolls the page, as anywhere on it; with Ctrl or ⌘ it zooms the map.
    stage.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      if (focused === null) find(".said").textContent = place.dataset.wheel;
    }, { capture: true, passive: true });
    sigma.on("clickNode", ({ node }) => focus(node));
    sigma.on("clickStage", () => focus(null));
    sigma.on("enterNode", () => stage.classList.add("over"));
    sigma.on("leaveNode", () => stage.classList.remove("over"));
  }

  /* Follow the filters: the server says what is left, the page around the map is renewed, the address holds the choice. */
  async function follow(address, keep) {
    const answer = await fetch(address);
    if (!answer.ok) { location.href = address; return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const moving = fresh.getElementById("moving");
    if (!moving) { location.href = address; return; }
    const held = await (await fetch(moving.dataset.src)).json();
    if (keep) history.pushState(null, "", address);
    ["told", "rows", "saved"].forEach((id) => document.getElementById(id).replaceWith(fresh.getElementById(id)));
    for (const input of fresh.querySelectorAll(".map-filters input, .map-filters select")) {
      const own = [...form.elements].find((one) => one.name === input.name && (input.type !== "checkbox" || one.value === input.value));
      if (own && input.type === "checkbox") own.checked = input.checked;
      else if (own && own !== document.activeElement) own.value = input.value;
      const count = own && own.closest("label")?.querySelector(".count");
      if (count) count.textContent = input.closest("label").querySelector(".count").textContent;
    }
    graph = graphOf(held);
    sigma.setGraph(graph);
    focus(focused);
  }

  function equipFilters() {
    const asked = () => [...new FormData(form)].filter(([, value]) => value !== "");
    const go = () => follow(`${form.action}?${new URLSearchParams(asked())}`, true);
    form.addEventListener("change", go);
    form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
    addEventListener("popstate", () => follow(location.href, false));
  }

  async function start() {
    const held = await (await fetch(place.dataset.src)).json();
    readColours();
    place.hidden = false;
    const stage = find(".stage");
    graph = graphOf(held);
    large = graph.order > 1500 && graph.size > 4000;
    try {
      sigma = new Sigma(graph, stage, {
        defaultNodeType: "shape", nodeProgramClasses: { shape: ShapeProgram }, defaultEdgeType: "line", edgeProgramClasses: { line: EdgeLineProgram },
        nodeReducer: shownNode, edgeReducer: shownEdge, zIndex: true, labelFont: colour("font"), labelSize: 13, labelRenderedSizeThreshold: 7 * scale(),
        labelDensity: 0.6, defaultDrawNodeLabel: waitWithName, defaultDrawNodeHover: drawHover, hideLabelsOnMove: large, hideEdgesOnMove: large,
        enableCameraRotation: false, minCameraRatio: 0.05, maxCameraRatio: 2, stagePadding: 30,
      });
    } catch { place.hidden = true; return; } // no WebGL here
    document.getElementById("still").hidden = true;
    document.querySelector(".drawn")?.remove();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); sigma.refresh(); });
    new ResizeObserver(() => sigma.scheduleRefresh()).observe(stage); // larger text makes the stage smaller, not the window
    equipSearch();
    equipStage(stage);
    equipFilters();
    place.dataset.ready = "yes";
  }
  start();
})();
