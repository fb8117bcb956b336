app_name = "messages"

urlpatterns = []
