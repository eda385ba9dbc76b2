// Keeps the progress page of one job up to date. Every word comes from the server.
"use strict";

(() => {
  const SECOND = 1000;
  const status = document.getElementById("job-status");
  const announcement = document.getElementById("job-announcement");
  if (!status || !status.dataset.stateUrl) {
    return;
  }
  let wait = SECOND;
  let saidPercent = 0;

  // A screen reader hears every fifth of the way, not every row.
  function announce(text) {
    if (announcement.textContent !== text) {
      announcement.textContent = text;
    }
  }

  function showBar(percent) {
    const bar = status.querySelector("[data-job-bar]");
    if (percent === null) {
      bar.removeAttribute("aria-valuenow");
      return;
    }
    bar.setAttribute("aria-valuenow", percent);
    bar.firstElementChild.style.width = `${percent}%`;
    if (percent >= saidPercent + 20) {
      saidPercent = percent;
      announce(`${percent}%`);
    }
  }

  function show(job) {
    if (job.is_over) {
      status.innerHTML = job.html;
      announce(job.label);
      return;
    }
    status.querySelector("[data-job-state] > span").textContent = job.label;
    status.querySelector("[data-job-count]").textContent = job.count;
    status.querySelector("[data-job-message]").textContent = job.message;
    showBar(job.percent);
  }

  function say(text) {
    status.querySelector("[data-job-message]").textContent = text;
    announce(text);
  }

  async function ask() {
    if (document.hidden) {
      return true;
    }
    // X-Poll: nobody is at work here, so the idle time-out goes on.
    const headers = { Accept: "application/json", "X-Poll": "1" };
    const answer = await fetch(status.dataset.stateUrl, { headers, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
      say(status.dataset.loggedOut);
      return false;
    }
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const job = await answer.json();
    show(job);
    return !job.is_over;
  }

  async function follow() {
    let goesOn = true;
    try {
      goesOn = await ask();
      wait = Math.min(wait * 1.2, 3 * SECOND);
    } catch {
      say(status.dataset.lost);
      wait = 10 * SECOND;
    }
    if (goesOn) {
      setTimeout(follow, wait);
    }
  }

  setTimeout(follow, wait);
})();
