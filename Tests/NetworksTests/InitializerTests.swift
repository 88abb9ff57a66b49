import Foundation
import Kernels
import Networks
import Specs
import Testing

@Suite struct InitializerTests {
    private struct Golden: Decodable {
        struct Moments: Decodable {
            let mean: Double
            let deviation: Double
            let largest: Double
        }
        struct Matrix: Decodable {
            let rows: Int
            let columns: Int
            let matrix: [Float]
            let q: [Double]
        }
        let inputs: Int
        let units: Int
        let cases: [String: Moments]
        /// variance_scaling's, by its settings in the spec language.
        let scaled: [String: Moments]
        let orthogonal: Matrix
    }

    private func moments(_ values: [Float]) -> (mean: Double, deviation: Double, largest: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        return (mean, variance.squareRoot(), Double(values.map(abs).max() ?? 0))
    }

    /// Variance in theory, and the limit: √(3·variance) of the uniform ones, two widened deviations of those cut, none
    /// of the others.
    private func theory(_ initializer: Initializer, inputs: Double, units: Double) -> (variance: Double, limit: Double?)
    {
        func uniform(_ variance: Double) -> (Double, Double?) { (variance, (3 * variance).squareRoot()) }
        func truncated(_ variance: Double) -> (Double, Double?) { (variance, 2 * variance.squareRoot() / 0.87962566) }
        switch initializer {
        case .glorotUniform: return uniform(2 / (inputs + units))
        case .glorotNormal: return truncated(2 / (inputs + units))
        case .heUniform: return uniform(2 / inputs)
        case .heNormal: return truncated(2 / inputs)
        case .lecunUniform: return uniform(1 / inputs)
        case .lecunNormal: return truncated(1 / inputs)
        case .randomUniform: return uniform(0.05 * 0.05 / 3)
        case .randomNormal: return (0.05 * 0.05, nil)
        case .truncatedNormal: return (pow(0.05 * 0.87962566, 2), 2 * 0.05)
        case .varianceScaling: return truncated(1 / inputs)
        case .orthogonal: return (1 / max(inputs, units), nil)
        case .zeros: return (0, 0)
        }
    }

    /// Both programs draw 60,000 values: their deviations differ by less than 1 %, three times what chance gives.
    @Test(arguments: Initializer.allCases)
    func `kernels have Keras's moments and limits, and theory's`(initializer: Initializer) throws {
        let golden: Golden = try KerasFixture.read("initializers")
        let wanted = try #require(golden.cases[initializer.rawValue])
        var generator = SeededGenerator(seed: 9)
        let values = initializer.kernel(inputs: golden.inputs, units: golden.units, using: &generator)
        let found = moments(values)
        #expect(values.count == golden.inputs * golden.units)
        guard initializer != .zeros else {
            #expect(values.allSatisfy { $0 == 0 } && wanted.largest == 0)
            return
        }
        let (variance, limit) = theory(initializer, inputs: Double(golden.inputs), units: Double(golden.units))
        record("deviation of \(initializer.rawValue)", abs(found.deviation / wanted.deviation - 1), below: 0.01)
        #expect(abs(found.deviation * found.deviation / variance - 1) < 0.02)
        #expect(abs(found.mean) < 0.02 * wanted.deviation && abs(wanted.mean) < 0.02 * wanted.deviation)
        if let limit {
            #expect(found.largest <= limit * 1.000001 && found.largest > 0.99 * limit)
            record("limit of \(initializer.rawValue)", abs(found.largest / wanted.largest - 1), below: 0.01)
        } else {
            // The largest of 60,000 normal values.
            for (largest, deviation) in [(found.largest, found.deviation), (wanted.largest, wanted.deviation)] {
                #expect(largest > 3.5 * deviation && largest < 6 * deviation)
            }
        }
    }

    private static let scalings = KerasFixture.names("initializers") { (all: Golden) in all.scaled.keys.sorted() }

    @Test(arguments: scalings) func `variance_scaling's settings are Keras's`(settings: String) throws {
        let golden: Golden = try KerasFixture.read("initializers")
        let wanted = try #require(golden.scaled[settings])
        let spec = try ExperimentSpec(
            parsing: "\(golden.units) init=variance_scaling \(settings) seed=9", inputs: golden.inputs, classes: 4)
        let found = moments(Network(spec: spec, transform: unitScale, threads: 1).tensors()[0].values)
        record("deviation of \(settings)", abs(found.deviation / wanted.deviation - 1), below: 0.01)
        let isCut = !settings.contains("untruncated")
        record("limit of \(settings)", abs(found.largest / wanted.largest - 1), below: isCut ? 0.01 : 0.3)
    }

    @Test(arguments: [(1, 5), (5, 1), (7, 7), (40, 37), (33, 100), (128, 128)])
    func `orthogonal kernels have orthonormal columns, or rows where they are fewer`(inputs: Int, units: Int) {
        var generator = SeededGenerator(seed: 4)
        let kernel = Initializer.orthogonal.kernel(inputs: inputs, units: units, using: &generator)
        let isTall = inputs >= units
        let (count, length) = isTall ? (units, inputs) : (inputs, units)
        func value(_ vector: Int, _ place: Int) -> Double {
            Double(isTall ? kernel[place * units + vector] : kernel[vector * units + place])
        }
        for first in 0..<count {
            for second in 0...first {
                let product = (0..<length).reduce(0.0) { $0 + value(first, $1) * value(second, $1) }
                #expect(abs(product - (first == second ? 1 : 0)) < 2e-6)
            }
        }
    }

    @Test func `orthonormalization gives the Q that Keras takes, signs fixed`() throws {
        let golden: Golden = try KerasFixture.read("initializers")
        let (rows, columns) = (golden.orthogonal.rows, golden.orthogonal.columns)
        // Columns of the matrix become rows.
        var vectors = (0..<(rows * columns)).map { golden.orthogonal.matrix[$0 % rows * columns + $0 / rows] }
        vectors.withUnsafeMutableBufferPointer {
            guard let start = $0.baseAddress else { return }
            Orthonormalization.apply(count: columns, length: rows, start)
        }
        let found = (0..<(rows * columns)).map { vectors[$0 % columns * rows + $0 / columns] }
        // A nearly square matrix amplifies rounding by its condition, some hundreds.
        record("orthogonal", worstRelative(found, golden.orthogonal.q, floor: 1), below: 1e-5)
    }

    @Test func `a network's kernels are drawn by its spec's initializer`() {
        let spec = experiment([300, 200, 4]) { $0.initializer = .lecunUniform }
        let kernel = Network(spec: spec, transform: unitScale, threads: 1).tensors()[0]
        #expect(abs(moments(kernel.values).deviation * 300.0.squareRoot() - 1) < 0.015)
    }
}
