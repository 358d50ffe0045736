"""Routes about what is held of people."""

from django.urls import path

from wraparound.web.rights import erasing, investigating, joining, keeping, parts, views

urlpatterns = [
    path("rights/", views.rights, name="rights"),
    path("rights/find/", views.find, name="access-find"),
    path("rights/person/<int:pk>/", views.take, name="access-take"),
    path("rights/<int:pk>/", views.request_page, name="access-request"),
    path("rights/<int:pk>/identity/", views.identity, name="access-identity"),
    path("rights/<int:pk>/extend/", views.extend, name="access-extend"),
    path("rights/<int:pk>/end/", views.end, name="access-end"),
    path("rights/<int:pk>/pack.pdf", views.pack_pdf, name="access-pack-pdf"),
    path("rights/<int:pk>/pack.json", views.pack_json, name="access-pack-json"),
    path("rights/parts/<int:pk>/", parts.part, name="access-part"),
    path("rights/parts/<int:pk>/names/", parts.names, name="access-names"),
    path("rights/parts/<int:pk>/release/", parts.release, name="access-release"),
    path("rights/parts/<int:pk>/part.pdf", parts.part_pdf, name="access-part-pdf"),
    path("rights/parts/<int:pk>/part.json", parts.part_json, name="access-part-json"),
    path("rights/records/<int:pk>/", parts.decide, name="access-decide"),
    path("rights/records/<int:pk>/show/", parts.show_all, name="access-show"),
    path("rights/kept/", keeping.retention, name="retention"),
    path("rights/kept/look/", keeping.preview, name="removal-preview"),
    path("rights/kept/longer/", keeping.longer, name="retention-longer"),
    path("rights/removals/<int:pk>/", keeping.removal, name="removal"),
    path("rights/removals/<int:pk>/drop/", keeping.drop, name="removal-drop"),
    path("rights/holds/", keeping.holds, name="legal-holds"),
    path("rights/holds/person/<int:pk>/", keeping.place, name="legal-hold"),
    path("rights/holds/<int:pk>/end/", keeping.end_hold, name="legal-hold-end"),
    path("rights/erasure/", erasing.erasures, name="erasures"),
    path("rights/erasure/person/<int:pk>/", erasing.erase, name="erase"),
    path("rights/erasure/<int:pk>/", erasing.erasure, name="erasure"),
    path("rights/joinings/", joining.joinings, name="joinings"),
    path("rights/join/<int:pk>/<int:other>/", joining.join, name="join"),
    path("rights/joinings/<int:pk>/", joining.one, name="joining"),
    path("rights/joinings/<int:pk>/undo/", joining.undo, name="joining-undo"),
    path("rights/investigation/", investigating.investigation, name="investigation"),
    path("rights/investigation/changes/", investigating.changes, name="investigation-changes"),
    path("rights/investigation/odd/", investigating.odd, name="investigation-odd"),
    path("rights/investigation/looks/<int:pk>/", investigating.looked_into, name="looked-into"),
]
