"""Routes of the documents of a case."""

from django.urls import path

from wraparound.web.files import adding, bytes_of, changing, lists

urlpatterns = [
    path("documents/case/<int:pk>/", lists.documents, name="documents"),
    path("documents/case/<int:pk>/add/", adding.add, name="document-add"),
    path("document/<int:pk>/", lists.document, name="document"),
    path("document/<int:pk>/version/", adding.version, name="document-version"),
    path("document/<int:pk>/change/", changing.change, name="document-change"),
    path("document/<int:pk>/pages/", changing.pages_of, name="document-pages"),
    path("document/<int:pk>/put-away/", changing.put_away, name="document-put-away"),
    path("document/<int:pk>/document.pdf", bytes_of.pdf, name="document-pdf"),
    path("document/<int:pk>/page/<int:number>/", bytes_of.page, name="document-page"),
]
