package dev.outdial.media.vad;

/**
 * Takes away what lies below the voice: hum of the mains, rumble of a car, direct current. Butterworth, second order, 200 Hz, at 8,000
 * samples a second. <b>Threading:</b> one owner.
 */
final class HighPass {
    private static final double W = Math.tan(Math.PI * 200 / 8000);
    private static final double NORM = 1 + Math.sqrt(2) * W + W * W;
    private static final double B0 = 1 / NORM;
    private static final double A1 = 2 * (W * W - 1) / NORM;
    private static final double A2 = (1 - Math.sqrt(2) * W + W * W) / NORM;

    private double x1;
    private double x2;
    private double y1;
    private double y2;

    double filter(double x) {
        double y = B0 * (x - 2 * x1 + x2) - A1 * y1 - A2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        // What is left of a sound long past must not become a denormal number: those are slow.
        y1 = Math.abs(y) < 1e-9 ? 0 : y;
        return y1;
    }
}
