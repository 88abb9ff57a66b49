import Dashboard
import Foundation
import TerminalUI
import Testing
import Training

/// Over a run the frames, axes and words of a view keep their columns: only figures and lines change.
@Suite struct SteadyScreenTests {
    /// The frames and axes, and the column of each word that stands once in its row.
    private struct Standing {
        var frames: Set<[Int]> = []
        var words: [[String: Int]] = []

        init(_ text: String) {
            for (y, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let scalars = Array(line.unicodeScalars)
                for (x, scalar) in scalars.enumerated() where "╭╮╰╯│┤".unicodeScalars.contains(scalar) {
                    frames.insert([x, y])
                }
                var found: [String: [Int]] = [:]
                var start = 0
                while start < scalars.count {
                    let end = scalars[start...].firstIndex { !$0.properties.isAlphabetic } ?? scalars.count
                    if end - start >= 3 {
                        var word = String.UnicodeScalarView()
                        word.append(contentsOf: scalars[start..<end])
                        found[String(word), default: []].append(start)
                    }
                    start = max(end, start) + 1
                }
                words.append(found.compactMapValues { $0.count == 1 ? $0[0] : nil })
            }
        }

        /// The words that stand in the same row of both, and in another column.
        func moved(to other: Standing) -> [String] {
            zip(words, other.words).enumerated().flatMap { y, rows in
                rows.0.compactMap { word, x in
                    rows.1[word].flatMap { $0 == x ? nil : "row \(y): \(word) from \(x) to \($0)" }
                }
            }
        }
    }

    /// A run of 10 epochs at some places; each has other figures, of other lengths.
    private static func states(width: Int, height: Int) -> [DashboardState] {
        [(1, 7, 999_000), (2, 99, 1_200), (3, 1_001, 98_700), (5, 1_688, 412_000), (7, 4, 15), (9, 326, 1_250_000)]
            .map { (epoch: Int, batch: Int, speed: Int) in
                var state = Sample.training(width: width, height: height, epochs: epoch)
                let history = state.run?.snapshot?.history ?? BatchHistory()
                let snapshot = TrainingSnapshot(
                    state: .running, epoch: epoch, batch: batch, batchesPerEpoch: 1_688,
                    loss: 1 / Double(epoch * batch),
                    accuracy: 1 - 0.4 / Double(epoch), samplesPerSecond: Double(speed), learningRate: 1e-3,
                    history: history)
                _ = update(&state, .snapshot(snapshot, run: 1))
                return state
            }
    }

    @Test(
        "While a run trains, no frame, axis or word of a view moves to another column", arguments: Screen.allCases,
        [80, 120, 160, 200])
    func columns(screen: Screen, width: Int) throws {
        let height = [80: 24, 120: 40, 160: 48, 200: 60][width] ?? 24
        let standings = Self.states(width: width, height: height).map { base in
            var state = base
            Sample.answer(&state, update(&state, .input(.key(.character(Unicode.Scalar(UInt8(48 + screen.rawValue)))))))
            return Standing(render(state).text)
        }
        let first = try #require(standings.first)
        #expect(first.frames.count > 10)
        for other in standings.dropFirst() {
            let moved = first.frames.symmetricDifference(other.frames)
            #expect(moved.isEmpty, "frames and axes: \(moved.sorted { ($0[1], $0[0]) < ($1[1], $1[0]) }.prefix(6))")
            let words = first.moved(to: other)
            #expect(words.isEmpty, "\(words.sorted().prefix(6))")
        }
    }

    @Test("A word that moves is found")
    func finds() {
        let (one, other) = (Standing("│ train 99.9  val │"), Standing("│ train 100.0  val │"))
        #expect(one.moved(to: other) == ["row 0: val from 14 to 15"])
        #expect(one.frames != other.frames)
        #expect(one.moved(to: one).isEmpty)
    }
}
