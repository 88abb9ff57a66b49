import Foundation
import Networks
import Testing

/// Reads golden values made with Keras; see Fixtures/README.md.
enum KerasFixture {
    static func read<Value: Decodable>(_ name: String) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    /// The keys of a fixture's cases; none where it can't be read, which fails a test of its own.
    static func names<Value: Decodable>(_ name: String, _ names: (Value) -> [String]) -> [String] {
        (try? read(name) as Value).map(names) ?? []
    }
}

extension Network {
    /// Loads tensors that are given by name.
    func load(named values: [String: [Float]]) throws {
        try load(tensors().map { Tensor(name: $0.name, shape: $0.shape, values: values[$0.name] ?? []) })
    }
}

/// The largest |a - b| / |b|, values below `floor` counting as `floor`.
func worstRelative(_ a: [Float], _ b: [Double], floor: Double) -> Double { worstDifference(a, b, floor: floor) }

/// The greatest magnitude.
func greatest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
