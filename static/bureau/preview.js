// The preview page: its lists one at a time, the button that says what it will do, the effects when they are there.
"use strict";

(() => {
  // Lists ---------------------------------------------------------------------------------------

  const tabs = document.getElementById("tabs");
  if (tabs) {
    const list = tabs.querySelector(".tab-list");
    const links = [...list.querySelectorAll("a")];
    const panels = links.map((link) => document.querySelector(link.hash));

    function choose(hash) {
      const at = Math.max(0, links.findIndex((link) => link.hash === hash));
      links.forEach((link, number) => {
        link.setAttribute("aria-selected", number === at);
        link.tabIndex = number === at ? 0 : -1;
        panels[number].classList.toggle("is-closed", number !== at);
      });
      return links[at];
    }

    tabs.classList.add("with-tabs");
    list.setAttribute("role", "tablist");
    links.forEach((link, number) => {
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", panels[number].id);
      panels[number].setAttribute("role", "tabpanel");
    });
    // Links of the counts above lead here too.
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#rows-"]');
      if (!link) {
        return;
      }
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      choose(link.hash);
      if (!list.contains(link)) {
        tabs.scrollIntoView({ block: "start" });
      }
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const at = links.indexOf(document.activeElement);
        choose(links[(at + step + links.length) % links.length].hash).focus();
        event.preventDefault();
      }
    });
    choose(location.hash);
  }

  // What the button does --------------------------------------------------------------------------

  const form = document.getElementById("confirm-form");
  if (form) {
    const button = form.querySelector("button[name=import]");
    const recount = form.querySelector("button[name=recount]");
    const accepts = form.querySelector("[name=accepts_unverified]");

    function name() {
      const mode = form.querySelector("[name=mode]:checked")?.value;
      if (mode) {
        button.textContent = mode === "all_or_nothing" ? button.dataset.allOrNothing : button.dataset.keepGood;
      }
    }

    form.addEventListener("change", name);
    window.addEventListener("pageshow", name); // the browser may have kept another choice
    if (accepts && recount) {
      recount.hidden = true;
      accepts.addEventListener("change", () => form.requestSubmit(recount));
    }
  }

  // Effects on the figures ------------------------------------------------------------------------

  const effects = document.getElementById("effects");
  if (effects?.dataset.url) {
    poll({
      url: effects.dataset.url,
      show(state) {
        if (state.is_over) {
          effects.innerHTML = state.html;
        }
      },
      say(text) {
        effects.querySelector("[data-message]").textContent = text;
      },
      lost: effects.dataset.lost,
      loggedOut: effects.dataset.loggedOut,
    });
  }
})();
