// The same application as in pom.xml. This build is not tested, so it may be out of date. To run it:
// gradle test -Pdry-run.directory=/absolute/path
plugins {
	java
	id("org.springframework.boot") version "4.1.2"
}

repositories {
	mavenCentral()
	maven {
		url = uri(property("dry-run.directory") as String)
	}
}

java {
	toolchain {
		languageVersion = JavaLanguageVersion.of(17)
	}
}

dependencies {
	implementation(platform(org.springframework.boot.gradle.plugin.SpringBootPlugin.BOM_COORDINATES))
	implementation("io.github.kratosadmin:kratos-admin-spring-boot-starter:0.1.0-SNAPSHOT")
	implementation("org.springframework.boot:spring-boot-starter-actuator")
	implementation("org.springframework.boot:spring-boot-starter-webmvc")

	testImplementation("io.github.kratosadmin:kratos-admin-spring-boot-test:0.1.0-SNAPSHOT")
	testImplementation("org.springframework.boot:spring-boot-starter-webmvc-test")
	testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.test {
	useJUnitPlatform()
	systemProperty("dry-run.directory", property("dry-run.directory") as String)
}
