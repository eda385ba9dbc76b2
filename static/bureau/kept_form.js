// Posts a form on that was kept through the login. Coming here by the "back" button leaves it to the user.
const [entry] = performance.getEntriesByType("navigation");
if (!entry || entry.type !== "back_forward") {
    // By the prototype: a field of the form may itself be called "submit".
    HTMLFormElement.prototype.submit.call(document.getElementById("kept-form"));
}
