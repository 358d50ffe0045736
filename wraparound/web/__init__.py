"""Everything HTML, and nothing else. How to add a page:

**An area** is a folder `web/<area>/` (views.py, forms.py, urls.py with `urlpatterns`) and `templates/<area>/*.jinja`.
Include its urls in `web/urls.py`, and its link in `navigation.PLACES` if it has a place in the header: the first place
that an actor can open is where signing in leads.

**A view** takes `access.Request`, whose `actor` and `membership` (user, organisation, team, scheme) are set; the whole
request runs as that actor in one transaction, undone when the answer is a fault (5xx).
`@needs(Capability.X)` answers 403 with the role's sentence. A row that the actor cannot see is `Http404`.
A journey's public reference in an address is `<reference:reference>`, so that nothing else reaches the database.
`@everybody` and `@signed_in` are for the few views that need no actor. No `.objects` here: read through
`wraparound.<domain>.reading`, change through one action. An action's `Refused` goes to `form.refuse(refusal)` so that
what was typed stays; one that no view caught becomes a page with its sentence. Redirect after a change, with
`messages.success(request, "…")` when the next page does not show it.

**A form** is a `nhsuk.Form` of `nhsuk` fields; labels, hints and the words for what is missing are said in the field.
`reveals={"value": "field_name"}` shows a field once its choice is made, and asks for it only then.
In the template: `<form method="post" novalidate>{{ csrf_input }}{{ form["name"] }}…`. Pass it as `form`: the layout
draws the error summary and puts "Error:" in the title.

**A page** extends `layouts/base.jinja` with the blocks `title`, `before` (back link) and `content`; wrap text in the
design system's grid (`nhsuk-grid-row`, `nhsuk-grid-column-two-thirds`). Components are imported from
`nhsuk/components/<name>/macro.jinja`; long tables are a plain loop with the same classes. In every template:
`url("route", key=value)`, `static("file")`, `request.actor.can(…)`; filters `day`, `full_date`, `at`, `day_at`, `due`,
`working_days`, `counted`, `nhs_number`, `listed`. Own styles go to `static/wraparound.css` with the prefix `wr-`;
nothing inline, which the content security policy refuses: no style attribute, no script in the page.

**Without scripts** every page works. htmx only enhances: the same view answers, with a fragment when `request.htmx`.
"""
