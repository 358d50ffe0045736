"""The referrer's routes."""

from django.urls import path

from wraparound.web import converters  # noqa: F401  (registers <reference:…>)
from wraparound.web.referring import following, launching, signposts, views

urlpatterns = [
    path("refer/", views.find, name="refer"),
    path("refer/new/", views.refer_new, name="refer-new"),
    path("refer/person/<int:pk>/", views.refer_person, name="refer-person"),
    path("refer/launch/<str:token>/", launching.refer_launch, name="refer-launch"),
    path("demo/gp-system/", launching.demo_gp_system, name="demo-gp-system"),
    path("refer/preview/", views.look_ahead, name="refer-preview"),
    path("signposts/new/", signposts.only, name="signpost-only"),
    path("signposts/<reference:reference>/", signposts.slip, name="signpost"),
    path("referrals/", following.referrals, name="referrals"),
    path("referrals/<reference:reference>/", following.referral, name="referral"),
    path("referrals/<reference:reference>/sent/", following.sent, name="sent"),
    path("referrals/<reference:reference>/<int:pk>/seen/", following.acknowledge, name="acknowledge"),
    path("referrals/<reference:reference>/<int:pk>/withdraw/", following.withdraw, name="withdraw"),
    path("messages/<int:pk>/", following.message, name="message"),
    path("messages/<int:pk>/message.pdf", following.message_pdf, name="message-pdf"),
]
