import Scales
import Testing

@Suite struct RoundStepTests {
    @Test(
        "A step is the least of 1, 2 and 5 times a power of ten that is no less",
        arguments: [
            (0.3, 0.5), (1, 1), (1.01, 2), (2, 2), (2.4, 5), (7, 10), (10, 10), (0.000_13, 0.000_2), (130_000, 200_000),
            // Ten hundredths do not sum to a tenth.
            (0.1 * 3 - 0.1 * 2, 0.1), (0.200_000_000_000_000_01, 0.2),
        ])
    func least(step: Double, round: Double) { #expect(abs(RoundStep.least(from: step) / round - 1) < 1e-12) }

    @Test("Where there is no step to speak of, it is 1", arguments: [0, -2, .infinity, .nan] as [Double])
    func none(step: Double) { #expect(RoundStep.least(from: step) == 1) }
}
