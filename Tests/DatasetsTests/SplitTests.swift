import Datasets
import Testing

@Suite struct SplitTests {
    @Test(
        "Validation has the last rows, training the first ⌊n(1 − v)⌋",
        arguments: [
            (60_000, 0.1, 54_000), (60_000, 0, 60_000), (10, 0.25, 7), (3, 0.9, 0), (60_000, 0.2, 48_000), (1, 0.5, 0),
        ])
    func split(count: Int, validation: Double, training: Int) {
        let split = Split(count: count, validation: validation)
        #expect(split.training.range == 0..<training)
        #expect(split.validation.range == training..<count)
    }
}
