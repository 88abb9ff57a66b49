import Foundation
import Testing

/// One case of Fixtures/metrics.py: a small classification and scikit-learn's figures of it.
struct MetricsCase: Decodable, Sendable, CustomTestStringConvertible {
    /// A reliability diagram; confidence and accuracy of the bins that are not empty.
    struct Calibration: Decodable, Sendable {
        let counts: [Int]
        let confidence: [Double]
        let accuracy: [Double]
        let expectedError: Double
        let maximumError: Double
    }

    let name: String
    let classes: Int
    let labels: [UInt8]
    /// JSON has no word for NaN: null stands for it.
    let probabilities: [Float?]
    let accuracy: Double
    let errors: Int
    let confusion: [[Int]]
    let precision: [Double]
    let recall: [Double]
    let f1: [Double]
    let support: [Int]
    let precisionMacro: Double
    let recallMacro: Double
    let f1Macro: Double
    let precisionWeighted: Double
    let recallWeighted: Double
    let f1Weighted: Double
    let balancedAccuracy: Double
    /// Nil where scikit-learn refuses the input as a whole.
    let rocAuc: [Double?]?
    let rocAucMacro: Double?
    let topK: [Double?]
    let logLoss: Double?
    let logLossInDoubles: Double?
    let brierScore: Double?
    let calibration10: Calibration?
    let calibration15: Calibration?

    var scores: [Float] { probabilities.map { $0 ?? .nan } }

    var testDescription: String { name }

    static func all() throws -> [MetricsCase] {
        let url = try #require(
            Bundle.module.url(forResource: "metrics", withExtension: "json", subdirectory: "Fixtures"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([MetricsCase].self, from: Data(contentsOf: url))
    }
}
