"""Routes of medical evidence: of the adviser who asks, and of the clinician who is asked."""

from django.urls import path

from wraparound.web.evidence import answering, asking, papers, record, steps

urlpatterns = [
    path("evidence/", asking.evidence, name="evidence"),
    path("evidence/case/<int:pk>/", asking.of_case, name="evidence-of-case"),
    path("evidence/case/<int:pk>/ask/", asking.ask, name="evidence-ask"),
    path("evidence/<int:pk>/", asking.request_page, name="evidence-request"),
    path("evidence/<int:pk>/record/", record.record, name="evidence-record"),
    path("evidence/<int:pk>/picks/", record.picks, name="evidence-picks"),
    path("evidence/<int:pk>/send/", steps.send, name="evidence-send"),
    path("evidence/<int:pk>/received/", steps.received, name="evidence-received"),
    path("evidence/<int:pk>/agreed/", steps.agreed, name="evidence-agreed"),
    path("evidence/<int:pk>/used/", steps.used, name="evidence-used"),
    path("evidence/<int:pk>/outcome/", steps.outcome, name="evidence-outcome"),
    path("evidence/<int:pk>/unlikely/", steps.unlikely, name="evidence-unlikely"),
    path("evidence/<int:pk>/withdraw/", steps.withdraw, name="evidence-withdraw"),
    path("evidence/<int:pk>/paper/", steps.paper, name="evidence-signed-paper"),
    path("evidence/<int:pk>/print/", papers.prepare, name="evidence-print"),
    path("evidence/<int:pk>/questions.pdf", papers.questions, name="evidence-paper"),
    path("evidence/<int:pk>/letter.pdf", papers.letter, name="evidence-letter"),
    path("evidence/asked/<int:pk>/", answering.asked, name="evidence-asked"),
    path("evidence/asked/<int:pk>/take-up/", answering.take_up, name="evidence-take-up"),
    path("evidence/asked/<int:pk>/leave-out/", answering.leave_out, name="evidence-leave-out"),
    path("evidence/asked/<int:pk>/send-back/", answering.send_back, name="evidence-send-back"),
    path("evidence/asked/<int:pk>/letter.pdf", papers.asked_letter, name="evidence-asked-letter"),
]
