"""Entering a row in its form, as a browser would: the empty form is fetched, filled and sent."""

from django.urls import reverse


def address(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def enter(client, person, model, *, row=None, parts=(), **values):
    """The response to the form; ``parts``: (prefix, values) of rows below it, in their order, all new."""
    client.force_login(person)
    url = address(model, "change", row.pk) if row else address(model, "add")
    page = client.get(url)
    assert page.status_code == 200
    data = {bound.html_name: shown(bound) for bound in page.context["adminform"].form if shown(bound) is not None}
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        new = [filled for named, filled in parts if named == prefix]
        at = inline.formset.initial_form_count()
        data |= {f"{prefix}-TOTAL_FORMS": at + len(new), f"{prefix}-INITIAL_FORMS": at}
        for form in inline.formset.initial_forms:
            data |= {bound.html_name: shown(bound) for bound in form if shown(bound) is not None}
        for number, filled in enumerate(new, start=at):
            data |= {f"{prefix}-{number}-{name}": text for name, text in filled.items()}
    return client.post(url, {**data, **values})


def shown(bound):
    value = bound.value()
    if value is True:
        return "on"
    return None if value is None or value is False or hasattr(value, "read") else str(value)


def errors_of(response):
    """What the form says, of the row and of the rows below it, as one text."""
    assert response.status_code == 200, response.status_code
    texts = [str(response.context["adminform"].form.errors)]
    for inline in response.context["inline_admin_formsets"]:
        texts += [str(errors) for errors in inline.formset.errors] + [str(inline.formset.non_form_errors())]
    return " ".join(texts)
