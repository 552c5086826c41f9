package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingTest {
    /** One at work: all forms make 50 pictures a second. */
    private static Results ones() {
        return new Results()
                .add(Form.SEQUENTIAL, 1, 50, 50, 50)
                .add(Form.THREADS, 1, 50, 50, 50)
                .add(Form.PROCESSES, 1, 50, 50, 50);
    }

    @Test
    void saysHowBothScale() {
        String text =
                Reading.of(
                        ones().add(Form.THREADS, 2, 94, 94, 94)
                                .add(Form.PROCESSES, 2, 97, 96, 98)
                                .result());

        assertThat(text)
                .startsWith(
                        "2 worker processes make 97 pictures a second, 1.94 times what one makes;"
                                + " 2 threads 94, 1.88 times one. ");
    }

    @Test
    void letsProcessesWinByTheMedianOfTheRounds() {
        // 97/94, 96/94, 98/94
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 94, 94, 94)
                                        .add(Form.PROCESSES, 2, 97, 96, 98)
                                        .result()))
                .contains("Processes win by 3.2 % (2.1 % to 4.3 %)");
    }

    @Test
    void letsThreadsWin() {
        // 96/80, 96/75, 96/64
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 96, 96, 96)
                                        .add(Form.PROCESSES, 2, 80, 75, 64)
                                        .result()))
                .contains("Threads win by 28 % (20 % to 50 %)");
    }

    @Test
    void seesNoDifferenceWithinTheSpread() {
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 95, 95, 95)
                                        .add(Form.PROCESSES, 2, 96, 97, 94)
                                        .result()))
                .contains("no difference beyond the spread (processes are 0.99 to 1.02 times")
                .doesNotContain("win");
    }

    @Test
    void doesNotJudgeFromOneRound() {
        assertThat(
                        Reading.of(
                                new Results()
                                        .add(Form.SEQUENTIAL, 1, 50)
                                        .add(Form.THREADS, 1, 50)
                                        .add(Form.THREADS, 2, 80)
                                        .add(Form.PROCESSES, 1, 50)
                                        .add(Form.PROCESSES, 2, 96)
                                        .result()))
                .contains("Processes were 20 % faster, but one round shows no spread")
                .doesNotContain("win");
    }

    @Test
    void blamesTheCollectorWhereItTookTheTime() {
        assertThat(
                        Reading.of(
                                ones().costing(Form.THREADS, 2, 0.02, 0.08, 88, 88, 88)
                                        .add(Form.PROCESSES, 2, 96, 96, 96)
                                        .result()))
                .contains("Processes win by 9.1 % (9.1 % to 9.1 %), as garbage collection stops")
                .contains("stops all threads at once, took 8.0 % of the threads' time");
    }

    @Test
    void blamesCostlierPicturesAndWhatTheyShare() {
        // 25 ms instead of 20.
        assertThat(
                        Reading.of(
                                ones().costing(Form.THREADS, 2, 0.025, 0, 78, 78, 78)
                                        .add(Form.PROCESSES, 2, 96, 96, 96)
                                        .result()))
                .contains("as a picture costs them 20 % less CPU time")
                .contains(
                        "2 threads on 2 cores have 78 % of the speed that one had on one core,"
                                + " times 2: a picture costs 25 % more CPU time")
                .contains("memory bandwidth")
                .contains("took 0.0 % of the threads' time, too little to matter");
    }

    @Test
    void blamesIdleCoresWhereCpuTimeIsUnchanged() {
        // 70 pictures of 20 ms are 1.4 of 2 cores.
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 70, 70, 70)
                                        .add(Form.PROCESSES, 2, 98, 98, 98)
                                        .result()))
                .contains("as they keep 98 % of their cores busy, the others 70 %")
                .contains("only 70 % of their cores' time was spent on them")
                .doesNotContain("memory bandwidth");
    }

    @Test
    void expectsNoMoreThanThereAreCores() {
        assertThat(
                        Reading.of(
                                ones().cores(1)
                                        .add(Form.THREADS, 2, 50, 50, 50)
                                        .add(Form.PROCESSES, 2, 49, 50, 50)
                                        .result()))
                .doesNotContain("have");
    }

    @Test
    void warnsOfLapsThatSomethingElseDisturbed() {
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 96, 60, 95)
                                        .add(Form.PROCESSES, 2, 96, 97, 95)
                                        .result()))
                .contains("something else was running, so measure again");
    }

    @Test
    void saysWhatStartUpCosts() {
        // Half a second at 96 pictures a second.
        assertThat(
                        Reading.of(
                                ones().add(Form.THREADS, 2, 96, 96, 96)
                                        .add(Form.PROCESSES, 2, 96, 96, 96)
                                        .result()))
                .endsWith(
                        "it takes 0.50 s from the start of 2 worker processes to the first picture,"
                                + " a time in which 48 pictures would be made.");
    }

    @Test
    void comparesOneOfEachOnOneCore() {
        assertThat(Reading.of(ones().result()))
                .startsWith(
                        "A worker process makes 50 pictures a second, a thread 50, a plain loop"
                                + " 50.");
    }
}
