// Before anything is drawn: tells the styles that scripts run, so that revealed fields start hidden.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");
