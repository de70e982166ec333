package dev.cardea.it.environment;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Runs before Arquillian reads its configuration, which names ports and folders that are chosen here, and after the server
 * has stopped. Registered as a JUnit service.
 */
public final class Preparation implements TestExecutionListener {

    /** An exception here would only be logged; without the files the server does not start, which nobody overlooks. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (System.getProperty("arquillian.launch") != null) {
            Server.underTest().prepare();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        SpringAuthorizationServer.stopShared();
        Keycloak.stopShared();
        OidcProvider.stopShared();
    }
}
