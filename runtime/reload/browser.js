// Loads the page again when the program behind it was replaced, and shows why it could not be. Only etamil dev sends this.
(() => {
  "use strict";
  let version = null;
  let source = null;
  let shade = null;

  const show = (problem) => {
    if (shade) shade.remove();
    shade = null;
    if (!problem) return;
    shade = document.createElement("etamil-problem");
    const root = shade.attachShadow({ mode: "open" });
    const box = document.createElement("div");
    Object.assign(box.style, {
      position: "fixed", inset: "0", zIndex: "2147483647", overflow: "auto", padding: "2rem", boxSizing: "border-box",
      background: "rgba(20, 20, 24, 0.94)", color: "#f4f4f5", font: "16px/1.6 ui-monospace, monospace",
    });
    box.setAttribute("role", "alert");
    const title = document.createElement("h1");
    title.textContent = "பிழை உள்ளது; பழைய பதிப்பே தொடர்கிறது  (there are errors; the old version goes on)";
    Object.assign(title.style, { font: "bold 18px/1.6 system-ui, sans-serif", color: "#ff8a80", margin: "0 3rem 1rem 0" });
    const text = document.createElement("pre");
    text.textContent = problem;
    Object.assign(text.style, { whiteSpace: "pre-wrap", margin: "0" });
    const close = document.createElement("button");
    close.textContent = "✕";
    close.setAttribute("aria-label", "மூடு (close)");
    Object.assign(close.style, {
      position: "absolute", top: "1rem", right: "1rem", font: "20px system-ui, sans-serif", color: "inherit", background: "none", border: "0", cursor: "pointer",
    });
    close.addEventListener("click", () => show(""));
    box.append(title, text, close);
    root.append(box);
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
      show(state.problem);
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
    if (event.key === "Escape") show("");
  });
  if (!document.hidden) listen();
})();
