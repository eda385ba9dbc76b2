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
