import DataFormats
import Datasets
import Foundation
import TerminalUI
import Training

/// What is known of one image without any network.
struct SampleFacts {
    let sample: SampleRow
    let label: Int
    let classes: Int
    let pixels: [UInt8]
    private let labels: [UInt8]
    /// Columns of the names of facts.
    static let nameWidth = 9
    private let survey: DataSurvey?

    init?(_ sample: SampleRow?, _ shared: Shared) {
        guard let sample, let data = shared.data.loaded else { return nil }
        let images = data.images(sample.source)
        guard images.labels.indices.contains(Int(sample.row)) else { return nil }
        self.sample = sample
        labels = images.labels
        label = Int(labels[Int(sample.row)])
        classes = data.dataset.classes
        pixels = Array(images.image(Int(sample.row)))
        survey = shared.surveyAtHand
    }

    /// The label as the network's output should be: `[0 0 1 0]`; without blanks or cut where that has no room.
    func oneHot(room: Int) -> String {
        let all = "[" + (0..<classes).map { $0 == label ? "1" : "0" }.joined(separator: " ") + "]"
        guard all.count > room else { return all }
        let dense = all.filter { $0 != " " }
        guard dense.count > room else { return dense }
        let (before, behind) = (label, classes - label - 1)
        func part(_ zeros: Int) -> String { zeros == 0 ? "" : zeros == 1 ? "0 " : "0 … " }
        let end = behind == 0 ? "" : behind == 1 ? " 0" : " … 0"
        let short = "[\(part(before))1\(end)]"
        let place = " at \(label)"
        return short.count + place.count <= room ? short + place : short
    }

    /// The one-hot vector in lines of so many columns.
    func oneHotLines(room: Int) -> [String] {
        WrappedText.lines("[" + (0..<classes).map { $0 == label ? "1" : "0" }.joined(separator: " ") + "]", width: room)
    }

    var least: Int { Int(pixels.min() ?? 0) }
    var greatest: Int { Int(pixels.max() ?? 0) }
    var mean: Double { pixels.isEmpty ? 0 : Double(pixels.reduce(0) { $0 + Int($1) }) / Double(pixels.count) }
    /// The share of bytes that are not 0.
    var ink: Double { pixels.isEmpty ? 0 : Double(pixels.count { $0 > 0 }) / Double(pixels.count) }

    /// To the mean of its class; nil where that is not known.
    var distance: Double? {
        guard let distance = survey?[sample.file].distances[Int(sample.row)], !distance.isNaN else { return nil }
        return Double(distance)
    }

    /// The mean distance of its class.
    var usualDistance: Double? { survey?.classes[label].spread }

    var rank: (place: Int, of: Int)? { survey?.rank(of: Int(sample.row), sample.file, labels: labels) }

    /// The other images that are equal to it.
    var equal: [SampleRow] {
        guard let group = survey?.equal.group(of: Int(sample.row), sample.file) else { return [] }
        let all =
            group.train.map { SampleRow(file: .train, row: $0) } + group.test.map { SampleRow(file: .test, row: $0) }
        return all.filter { $0 != sample }
    }

    /// Names and values, the most telling first.
    ///
    /// - Parameter room: columns of a line.
    func lines(_ names: ClassNames, room: Int) -> [(name: String, value: String)] {
        var lines = [
            ("one-hot", oneHot(room: room - SampleFacts.nameWidth)),
            (
                "values",
                (room >= 30 ? "\(least) to \(greatest)" : "\(least)–\(greatest)") + ", mean \(Figures.decimal(mean))"
                    + (room >= 44 ? ", \(Figures.percent(ink, digits: 0)) % not 0" : "")
            ),
        ]
        if let distance {
            let usual = usualDistance.map { ", usual \(Figures.decimal($0))" } ?? ""
            lines.append(("distance", "\(String(format: "%.2f", distance))\(usual)"))
        } else {
            lines.append(("distance", survey == nil ? "not known yet" : "no mean of its class"))
        }
        if let rank {
            let place = "\(Figures.grouped(rank.place)) of \(Figures.grouped(rank.of))"
            let long = place + ", 1 is most unlike"
            lines.append(("unlike", long.columns <= room - SampleFacts.nameWidth ? long : place))
        }
        let others = equal
        if !others.isEmpty {
            let named = others.prefix(2).map {
                ($0.file == .test ? "test " : "train ") + Figures.grouped(Int($0.row))
            }.joined(separator: ", ")
            lines.append(("equal to", named + (others.count > 2 ? " and \(others.count - 2) more" : "")))
        }
        return lines
    }
}
