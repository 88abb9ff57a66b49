import Kernels
import Specs
import Testing

/// Holds every loss to Keras's, values and gradients by the logits.
@Suite struct KerasLossTests {
    private struct Losses: Decodable {
        struct Case: Decodable {
            let losses: [Double]
            let gradient: [Double]
        }
        struct Rows: Decodable {
            let logits: [Float]
            let labels: [UInt8]
            let probabilities: [Double]
            let cases: [String: Case]
        }
        let classes: Int
        let sets: [String: Rows]
    }

    private struct Found {
        var losses: [Float]
        var gradient: [Float]
        var predicted: [Float]
        var probabilities: [Float]
    }

    private static let settings = KerasFixture.names("losses") { (all: Losses) in
        all.sets["moderate"]?.cases.keys.sorted() ?? []
    }

    private func run(_ setting: String, _ rows: Losses.Rows, classes: Int) throws -> Found {
        let loss = try ExperimentSpec(parsing: "none \(setting)", inputs: 1, classes: classes).training.loss.kernel
        let count = rows.labels.count
        var found = Found(
            losses: [Float](repeating: .nan, count: count), gradient: [Float](repeating: .nan, count: count * classes),
            predicted: [Float](repeating: .nan, count: count),
            probabilities: [Float](repeating: .nan, count: count * classes))
        var hits = [UInt8](repeating: 9, count: count)
        Softmax.gradient(
            of: loss, rows: count, classes: classes, logits: rows.logits, stride: classes, labels: rows.labels,
            scale: 1 / Float(count), gradient: &found.gradient, losses: &found.losses, hits: &hits)
        Softmax.forward(
            rows: count, classes: classes, logits: rows.logits, stride: classes, probabilities: &found.probabilities,
            loss: loss, labels: rows.labels, losses: &found.predicted)
        return found
    }

    @Test func `every loss has golden values`() throws {
        let kinds = try Self.settings.map {
            try ExperimentSpec(parsing: "none \($0)", inputs: 1, classes: 10).training.loss.kind
        }
        #expect(Set(kinds) == Set(Loss.Kind.allCases))
    }

    @Test(arguments: settings) func `losses and gradients are Keras's`(setting: String) throws {
        let golden: Losses = try KerasFixture.read("losses")
        let rows = try #require(golden.sets["moderate"])
        let wanted = try #require(rows.cases[setting])
        let found = try run(setting, rows, classes: golden.classes)
        record(setting, worstRelative(found.losses, wanted.losses, floor: 1e-37), below: 1e-5)
        #expect(found.predicted == found.losses)
        // A gradient is a difference of terms of the size of its row's greatest.
        let floor = greatest(wanted.gradient) / 100
        record("gradient of \(setting)", worstRelative(found.gradient, wanted.gradient, floor: floor), below: 1e-5)
        record("softmax", worstRelative(found.probabilities, rows.probabilities, floor: 1e-37), below: 1e-5)
    }

    /// Keras itself works in single precision here, so that its clipping is that of the values which a fit sees: its
    /// 1 - p of a nearly certain class is off by 1e-7, and so is a loss or a gradient that ends near 0.
    @Test(arguments: settings) func `saturated and equal rows are clipped where Keras clips`(setting: String) throws {
        let golden: Losses = try KerasFixture.read("losses")
        let rows = try #require(golden.sets["saturated"])
        let wanted = try #require(rows.cases[setting])
        let found = try run(setting, rows, classes: golden.classes)
        record("\(setting), saturated", worstRelative(found.losses, wanted.losses, floor: 1), below: 1e-5)
        let floor = 0.1 / Double(rows.labels.count)
        record(
            "gradient of \(setting), saturated", worstRelative(found.gradient, wanted.gradient, floor: floor),
            below: 1e-5)
    }
}
