"""Routes of one-time pages: making one, and what its link leads to."""

from django.urls import path

from wraparound.web.once import making, opening

urlpatterns = [
    path("journey/<reference:reference>/once/", making.pages, name="one-time-pages"),
    path("once/for/<int:pk>/", making.make, name="one-time-page-make"),
    path("once/<int:pk>/end/", making.end, name="one-time-page-end"),
    path("shown/<str:token>/", opening.opened, name="one-time-page"),
]
