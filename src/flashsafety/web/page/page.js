"use strict";

// The token was for the first request; the cookie stands for it now. So it need not be read over a
// shoulder, or be copied with the address.
history.replaceState(null, "", location.pathname);

const terminal = document.getElementById("terminal");
terminal.dataset.sessionWebsocketUrl = `ws://${location.host}${location.pathname}app`;

// What textual.js is told to open. A browser counts keys and clicks as the user's act for some
// seconds; without one the address is shown, to be clicked or not.
const openTab = window.open.bind(window);
window.open = (url) => {
  // Without an address it is a click on something that looks like one: clicks belong to the app.
  if (!url) return null;
  if (navigator.userActivation?.isActive) openTab(url, "_blank", "noopener,noreferrer");
  else offer(url);
  return null;
};

const bar = document.getElementById("link");
function offer(url) {
  const link = bar.querySelector("a");
  link.href = url;
  link.textContent = url;
  bar.hidden = false;
}
bar.addEventListener("click", (event) => {
  if (event.target.closest("a, button")) {
    bar.hidden = true;
    focusTerminal();
  }
});

const [ended, again] = document.getElementById("closed").children;
again.addEventListener("click", async () => {
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer?.ok) location.reload();
  else ended.textContent = "'flashsafety serve' has ended. Run it again and open its new link.";
});

function focusTerminal() {
  document.querySelector(".xterm-helper-textarea").focus();
}

// textual.js says how far it is by classes of the body.
new MutationObserver(() => {
  const now = document.body.classList;
  if (now.contains("-closed")) again.focus();
  else if (now.contains("-loaded") && document.activeElement === document.body) focusTerminal();
}).observe(document.body, { attributeFilter: ["class"] });
