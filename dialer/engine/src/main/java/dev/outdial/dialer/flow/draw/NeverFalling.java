package dev.outdial.dialer.flow.draw;

/** Finds the numbers nearest to given ones, by least squares, of which none is less than the one before: neighbours that would be are averaged. */
final class NeverFalling {
    private final double[] sum;
    private final double[] weight;
    private final int[] count;
    private int blocks;
    private int size;

    /** @param most how many numbers will be given at most */
    NeverFalling(int most) {
        this.sum = new double[most];
        this.weight = new double[most];
        this.count = new int[most];
    }

    /** Gives the next number, and how much it counts. */
    void add(double wish, double counts) {
        sum[blocks] = wish * counts;
        weight[blocks] = counts;
        count[blocks++] = 1;
        size++;
        while (blocks > 1 && mean(blocks - 2) > mean(blocks - 1)) {
            blocks--;
            sum[blocks - 1] += sum[blocks];
            weight[blocks - 1] += weight[blocks];
            count[blocks - 1] += count[blocks];
        }
    }

    private double mean(int block) {
        return sum[block] / weight[block];
    }

    /** One for each that was given. */
    double[] found() {
        double[] found = new double[size];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int k = 0; k < count[block]; k++) found[at++] = mean(block);
        }
        return found;
    }
}
