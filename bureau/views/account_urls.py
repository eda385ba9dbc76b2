from django.urls import path

from bureau.views.accounts import PasswordView, SecondFactorView

app_name = "accounts"

urlpatterns = [
    path("password/", PasswordView.as_view(), name="password"),
    path("totp/", SecondFactorView.as_view(), name="totp"),
]
