package io.github.kratosadmin.benchmarks.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Web application without code of its own. After its start, it prints the time and the
 * CPU time of the start in milliseconds and the number of loaded classes, and ends.
 */
@SpringBootApplication
class WebApplication {

	/**
	 * The prefix of the line with the figures.
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
		System.out.println(UP + millis + " " + process.getProcessCpuTime() / 1_000_000 + " "
				+ ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
		application.close();
	}

}
