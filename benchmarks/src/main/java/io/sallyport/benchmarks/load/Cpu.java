package io.sallyport.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How busy the whole machine is, servers, database and whoever measures together. */
record Cpu(OperatingSystemMXBean system) {

    static Cpu begin() {
        Cpu cpu = new Cpu(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
        cpu.system().getCpuLoad();
        return cpu;
    }

    /** Since it began. */
    String used() {
        return String.format(
                Locale.ROOT, "%.0f %% of %d processors", 100 * system.getCpuLoad(), system.getAvailableProcessors());
    }
}
