// Loads the page again when the program behind it was replaced, and shows why it could not be. Only etamil dev sends this.
(() => {
  "use strict";
  let version = null;
  let source = null;
  let shade = null;

  const make = (name, text, style) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    Object.assign(element.style, style);
    return element;
  };

  const describe = (problem) => {
    const all = make("section", "", { margin: "0 0 2rem" });
    all.append(make("p", problem.head, { margin: "0 0 0.5rem", whiteSpace: "pre-wrap" }));
    if (problem.line) {
      const source = make("pre", problem.line + " │ " + problem.before, {
        margin: "0 0 0.5rem", padding: "0.75rem 1rem", overflow: "auto", font: "inherit", background: "#2e2e36", borderRadius: "6px",
      });
      source.append(
        make("mark", problem.marked || " ", { background: "none", color: "#ffd180", borderBottom: "3px solid #ff8a80" }),
        problem.after,
      );
      all.append(source);
    }
    if (problem.help) all.append(make("p", problem.help, { margin: "0", whiteSpace: "pre-wrap", color: "#b9f6ca" }));
    return all;
  };

  const show = (problems) => {
    if (shade) shade.remove();
    shade = null;
    if (!problems) return;
    shade = document.createElement("etamil-problem");
    const box = make("div", "", {
      position: "fixed", inset: "0", zIndex: "2147483647", overflow: "auto", padding: "2rem", boxSizing: "border-box",
      background: "rgb(20 20 24 / 96%)", color: "#f4f4f5", font: "16px/1.6 ui-monospace, monospace", textAlign: "start",
    });
    box.setAttribute("role", "alert");
    const close = make("button", "✕", {
      position: "absolute", top: "1rem", right: "1rem", font: "20px system-ui, sans-serif", color: "inherit", background: "none", border: "0", cursor: "pointer",
    });
    close.setAttribute("aria-label", "மூடு (close)");
    close.addEventListener("click", () => show(null));
    box.append(
      make("h1", "பிழை உள்ளது; பழைய பதிப்பே தொடர்கிறது  (there are errors; the old version goes on)", {
        font: "bold 18px/1.6 system-ui, sans-serif", color: "#ff8a80", margin: "0 3rem 1.5rem 0",
      }),
      ...problems.map(describe),
      close,
    );
    shade.attachShadow({ mode: "open" }).append(box);
    document.documentElement.append(shade);
  };

  const listen = () => {
    if (source) source.close();
    source = new EventSource("/_etamil/reload");
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      if (version !== null && state.version !== version) {
        location.reload();
        return;
      }
      version = state.version;
      show(state.problems);
    });
  };

  // A browser keeps few connections to one server: pages that nobody sees give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      listen();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(null);
  });
  if (!document.hidden) listen();
})();
