"""The routes of call lists and calls."""

from django.urls import path

from wraparound.web.calling import calls, views

urlpatterns = [
    path("call-lists/", views.lists, name="call-lists"),
    path("call-lists/new/", views.new, name="call-list-new"),
    path("call-lists/<int:pk>/", views.call_list, name="call-list"),
    path("call-lists/<int:pk>/next/", views.next_call, name="call-list-next"),
    path("call-lists/<int:pk>/add/", views.add, name="call-list-add"),
    path("call-lists/<int:pk>/file/", views.add_file, name="call-list-file"),
    path("call-lists/<int:pk>/close/", views.close, name="call-list-close"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/take/", calls.take, name="call-take"),
    path("calls/<int:pk>/put-back/", calls.put_back, name="call-put-back"),
    path("calls/<int:pk>/answer/", calls.answer, name="call-answer"),
    path("calls/<int:pk>/refer/", calls.wants_help, name="call-refer"),
]
