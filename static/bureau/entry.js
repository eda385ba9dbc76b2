// The skin has buttons that are links without a target: reached by a click only. Here Tab reaches them, Enter presses.
document.addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a:not([href])")) {
        if (![...link.attributes].some(({ name }) => name.startsWith("x-on:click") || name.startsWith("@click"))) continue;
        link.tabIndex = 0;
        link.setAttribute("role", "button");
        link.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            link.click();
        });
    }
});

// A cell of a row has its heading far above, on a phone before it: here its field is named by it for a screen reader.
document.addEventListener("DOMContentLoaded", () => {
    for (const cell of document.querySelectorAll("td[data-label]")) {
        for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
            if (!field.labels.length && !field.ariaLabel) field.ariaLabel = cell.dataset.label;
        }
    }
});

// The menu is long: for a new record the first field is ready for typing. A phone would cover the page with its keys.
window.addEventListener("load", () => {
    if (!location.pathname.endsWith("/add/") || !matchMedia("(pointer: fine)").matches) return;
    const first = document.querySelector("#content form fieldset :is(input:not([type=hidden]), select, textarea)");
    (first?.parentElement.querySelector(".select2-selection") ?? first)?.focus({ preventScroll: true });
});

// A second click on "Save" would be a second save: only the first is sent.
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
        event.preventDefault();
        return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000); // an answer that is a file leaves the page as it is
});
window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent; // back from the next page
});
