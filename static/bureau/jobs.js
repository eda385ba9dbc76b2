// Keeps the progress page of one job up to date. Every word comes from the server.
"use strict";

(() => {
  const status = document.getElementById("job-status");
  const announcement = document.getElementById("job-announcement");
  if (!status || !status.dataset.stateUrl) {
    return;
  }
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

  poll({
    url: status.dataset.stateUrl,
    show,
    say,
    lost: status.dataset.lost,
    loggedOut: status.dataset.loggedOut,
  });
})();
