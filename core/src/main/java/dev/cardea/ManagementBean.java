package dev.cardea;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * {@link Management} in the platform's MBean server, until it is closed. Applications on one server share that, so a name that is
 * taken gets a number. What the server does not let us do is logged and not missed: the application runs without.
 */
final class ManagementBean implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.cardea.management");
    private static final int MAX_INSTANCES = 100;

    private final MBeanServer server;
    private final ObjectName name;

    private ManagementBean(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /** Null if it could not be registered. */
    static @Nullable ManagementBean register(Management management) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            String base = "dev.cardea:type=ResourceServer,name=" + ObjectName.quote(management.getName());
            for (int instance = 1; instance <= MAX_INSTANCES; instance++) {
                ObjectName name = new ObjectName(instance == 1 ? base : base + ",instance=" + instance);
                if (tryRegister(server, management, name)) {
                    return new ManagementBean(server, name);
                }
            }
            LOG.log(Level.WARNING, "no management bean: too many are called " + management.getName());
        } catch (JMException | SecurityException e) {
            LOG.log(Level.WARNING, "no management bean for " + management.getName() + ": " + e);
        }
        return null;
    }

    private static boolean tryRegister(MBeanServer server, Management management, ObjectName name) throws JMException {
        try {
            server.registerMBean(new StandardMBean(management, Management.class, true), name);
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false;
        }
    }

    /** Otherwise the server would keep the application's classes after it has gone. */
    @Override
    public void close() throws JMException {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody else took it away.
        }
    }
}
