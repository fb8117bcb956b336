// Comfort for the staff's side. Every page works without it.
(() => {
  "use strict";

  // A dialog (data-confirm on a button) before what cannot be undone; the page's own <dialog>, so the words are translated.
  let confirmed = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || button === confirmed) return;
    const dialog = document.getElementById(button.dataset.confirm);
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "confirm") return;
      confirmed = button;
      button.click();
      confirmed = null;
    }, { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });

  // A second press does nothing. The button stays enabled: a disabled one would not send its own name and value.
  // After ten seconds it works again, for answers that are files and leave the page open.
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(release, 10000, form);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // Filters that apply at once: <form data-auto-submit>. The button stays for people who type.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });

  // autofocus is ignored after htmx has put a form back with errors.
  document.addEventListener("htmx:afterSwap", (event) => {
    event.detail.target.querySelector(".kern-error-summary")?.focus();
  });

  // A link that was replaced by what it fetched took the focus along: the first of the new entries gets it.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.detail.requestConfig?.elt.hasAttribute("data-goes-on")) return;
    const entry = [...document.querySelectorAll("[data-timeline-page]")].at(-1)?.querySelector("li");
    if (!entry) return;
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
  });

  // Menus close when something else is pressed, and with Escape.
  const close = (except) => document.querySelectorAll("details.kern-dropdown[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => close(event.target.closest("details.kern-dropdown")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector("details.kern-dropdown[open] > summary")?.focus();
    close(null);
  });
})();
