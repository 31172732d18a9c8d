rootProject.name = "boot-4.1"
