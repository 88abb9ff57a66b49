import DataFormats
import Datasets
import Foundation
import Testing

@Suite struct SplitTests {
    @Test(
        "Validation has the last rows, training the first ⌊n(1 − v)⌋",
        arguments: [
            (60_000, 0.1, 54_000), (60_000, 0, 60_000), (10, 0.25, 7), (3, 0.9, 0), (60_000, 0.2, 48_000), (1, 0.5, 0),
        ])
    func last(count: Int, validation: Double, training: Int) throws {
        let split = Split(count: count, validation: validation)
        #expect(split.training.range == 0..<training)
        #expect(split.validation.range == training..<count)
        let labels = [UInt8](repeating: 0, count: count)
        #expect(try Split(labels: labels, validation: validation, method: .last) == split)
    }

    /// One case of splits.json.
    private struct Case: Decodable {
        /// All rows, or what identifies them.
        enum Part: Decodable {
            case rows([Int32])
            case digest(count: Int, first: [Int32], last: [Int32], sha256: String)

            private enum Key: CodingKey { case count, first, last, sha256 }

            init(from decoder: any Decoder) throws {
                if let rows = try? [Int32](from: decoder) {
                    self = .rows(rows)
                } else {
                    let content = try decoder.container(keyedBy: Key.self)
                    self = .digest(
                        count: try content.decode(Int.self, forKey: .count),
                        first: try content.decode([Int32].self, forKey: .first),
                        last: try content.decode([Int32].self, forKey: .last),
                        sha256: try content.decode(String.self, forKey: .sha256))
                }
            }

            func isSame(as rows: RowNumbers) -> Bool {
                switch self {
                case .rows(let wanted): return rows.numbers == wanted
                case .digest(let count, let first, let last, let sha256):
                    var digest = SHA256()
                    digest.update(
                        rows.numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } })
                    return rows.count == count && Array(rows.numbers.prefix(first.count)) == first
                        && Array(rows.numbers.suffix(last.count)) == last && digest.finish() == sha256
                }
            }
        }

        struct Drawn: Decodable {
            let train: Part
            let heldOut: Part
        }

        /// All labels, or the number of rows, whose labels follow from a formula.
        enum Labels: Decodable {
            case all([UInt8])
            case count(Int)

            init(from decoder: any Decoder) throws {
                if let all = try? [UInt8](from: decoder) {
                    self = .all(all)
                } else {
                    self = .count(try Int(from: decoder))
                }
            }
        }

        let share: Double
        let seed: UInt32
        let labels: Labels
        let shuffled: Drawn
        let stratified: Drawn
    }

    private static func cases() throws -> [Case] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/splits", withExtension: "json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Case].self, from: Data(contentsOf: url))
    }

    /// The labels of the large cases, as the script has them, by their seeds.
    private static let formulas: [UInt32: @Sendable (Int) -> Int] = [
        1842: { $0 % 10 }, 1: { $0 * $0 % 10 }, 42: { ($0 * $0 + $0 / 7) % 47 }, 31: { $0 * $0 * $0 % 9 },
        5: { $0 * 31 % 47 },
    ]

    @Test("Rows by chance are those that scikit-learn draws, in its order")
    func scikitLearn() throws {
        let cases = try Self.cases()
        #expect(cases.count == 13)
        for one in cases {
            let labels: [UInt8]
            switch one.labels {
            case .all(let all): labels = all
            case .count(let count):
                let formula = try #require(Self.formulas[one.seed])
                labels = (0..<count).map { UInt8(formula($0)) }
            }
            for (method, wanted) in [
                (.shuffled(seed: one.seed), one.shuffled), (.stratified(seed: one.seed), one.stratified),
            ] as [(Split.Method, Case.Drawn)] {
                let split = try Split(labels: labels, validation: one.share, method: method)
                let what: Comment = "\(method) of \(labels.count)"
                #expect(wanted.train.isSame(as: split.training), what)
                #expect(wanted.heldOut.isSame(as: split.validation), what)
                #expect(Set(split.training.numbers + split.validation.numbers).count == labels.count, what)
            }
        }
    }

    @Test("The rows of the course's notebook")
    func notebook() throws {
        let labels = [UInt8](repeating: 0, count: 60_000)
        let rows = try Split(labels: labels, validation: 0.1, method: .shuffled(seed: 1842)).validation
        #expect(Array(rows.prefix(6)) == [3433, 516, 49_053, 1154, 31_277, 51_261])
        #expect(Array(rows.suffix(2)) == [39_146, 35_996] && rows.count == 6_000)
    }

    @Test("Nothing held out leaves all rows in the file's order; a row that is held out may be the only one")
    func ends() throws {
        for method in [.shuffled(seed: 1), .stratified(seed: 1)] as [Split.Method] {
            let none = try Split(labels: [0, 1, 0, 1], validation: 0, method: method)
            #expect(none.training.range == 0..<4 && none.validation.isEmpty)
            #expect(try Split(labels: [], validation: 0.5, method: method).training.isEmpty)
        }
        let only = try Split(labels: [0], validation: 0.1, method: .shuffled(seed: 1))
        #expect(only.training.isEmpty && Array(only.validation) == [0])
    }

    @Test("Rows that can't be stratified are refused as scikit-learn refuses them")
    func refuses() {
        func problem(_ labels: [UInt8], _ validation: Double) -> Split.Problem? {
            do throws(Split.Problem) {
                _ = try Split(labels: labels, validation: validation, method: .stratified(seed: 3))
                return nil
            } catch {
                return error
            }
        }
        #expect(problem([0, 0, 7, 0, 0, 2, 2], 0.5) == .loneRow(label: 7))
        #expect(problem([0, 0, 1, 1, 2, 2], 0.2) == .fewRows(training: 4, validation: 2, classes: 3))
        #expect(problem([0, 0, 1, 1, 2, 2], 0.8) == .fewRows(training: 1, validation: 5, classes: 3))
        #expect(problem([0, 0, 1, 1, 2, 2], 0.5) == nil)
    }
}
