package io.github.kratosadmin.benchmarks.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A web application that has nothing but what is on its class path. Once it is up it
 * prints how long that took, and the CPU time, in milliseconds, and ends.
 */
@SpringBootApplication
public class WebApplication {

	/**
	 * What comes before the figures.
	 */
	static final String UP = "Up after ";

	/**
	 * Starts the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext application = SpringApplication.run(WebApplication.class, args);
		long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		System.out.println(UP + millis + " " + process.getProcessCpuTime() / 1_000_000);
		application.close();
	}

}
