package dev.cardea.logging;

import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Sends warnings and errors of the relocated libraries to {@link System.Logger}, so that they arrive in the container's log.
 * jose4j is silenced whatever the level: its messages embed tokens and claims.
 */
public final class LibraryLogProvider implements SLF4JServiceProvider {

    /** Derived from a class because relocation rewrites classes reliably and string constants by guesswork. */
    private static final String JOSE4J = parent(JoseException.class.getPackageName());

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter diagnosticContext = new NOPMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return LibraryLogProvider::loggerFor;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnosticContext;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing to prepare: System.Logger finds its own backend.
    }

    private static Logger loggerFor(String name) {
        return name.equals(JOSE4J) || name.startsWith(JOSE4J + ".") ? NOPLogger.NOP_LOGGER : new SystemLogger(name);
    }

    private static String parent(String packageName) {
        return packageName.substring(0, packageName.lastIndexOf('.'));
    }

    private static final class SystemLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1;

        private final transient System.Logger target;

        SystemLogger(String name) {
            this.name = name;
            this.target = System.getLogger(name);
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return target.isLoggable(System.Logger.Level.WARNING);
        }

        @Override
        public boolean isErrorEnabled() {
            return target.isLoggable(System.Logger.Level.ERROR);
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            String message = MessageFormatter.basicArrayFormat(pattern, arguments);
            target.log(level == Level.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, message, thrown);
        }
    }
}
