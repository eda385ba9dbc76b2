/* The description of the JSON interface, in the language of the page: Swagger's own words are replaced as they appear. */
"use strict";

const place = document.getElementById("description");
const words = new Map(Object.entries(JSON.parse(document.getElementById("words").textContent)));

function translate(root) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.currentNode; text; text = texts.nextNode()) {
        const said = text.nodeType === Node.TEXT_NODE && !text.parentElement?.closest("pre, code, textarea")
            ? words.get(text.nodeValue) : undefined;
        if (said !== undefined && said !== text.nodeValue) text.nodeValue = said;
    }
}

new MutationObserver((changes) => {
    for (const change of changes) translate(change.target);
}).observe(place, { childList: true, characterData: true, subtree: true });

SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: false,
    validatorUrl: null, // else it would ask a page outside
    supportedSubmitMethods: ["get"],
    defaultModelsExpandDepth: 0,
});
