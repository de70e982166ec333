package dev.cardea.it.app;

/** One instance for each class loader of the application: as long as it can be found, that deployment has not gone. */
public class Footprint {
    static final Footprint OF_THIS_DEPLOYMENT = cardeaIsHere() ? new WithCardea() : new Footprint();

    private Footprint() {}

    /** In an application with the one jar. */
    public static final class WithCardea extends Footprint {}

    /** What every way of asking answers. */
    String text() {
        return "here";
    }

    private static boolean cardeaIsHere() {
        try {
            Class.forName("dev.cardea.ResourceServer", false, Footprint.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
