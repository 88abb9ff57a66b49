import DataFormats
import Datasets
import Foundation
import Training

/// A digit that the user marked.
package struct MarkedDigit: Hashable, Sendable {
    /// The set that it belongs to.
    package let source: Evaluation.Source
    /// Its row within the file, from 0.
    package let index: Int

    package init(source: Evaluation.Source, index: Int) {
        self.source = source
        self.index = index
    }
}

extension Shared {
    /// The marked digits as a table and as one picture.
    func saveMarked() -> [Effect] {
        guard let data = data.loaded else { return [] }
        let marked = selection.marked.sorted {
            ($0.source.rawValue, $0.index) < ($1.source.rawValue, $1.index)
        }.filter { data.images($0.source).labels.indices.contains($0.index) }
        guard !marked.isEmpty else { return [] }
        let sheet = MarkedSheet.image(marked.map { (data.images($0.source), $0.index) })
        let noun = classNames.noun
        let count = marked.count == 1 ? "1 \(noun)" : "\(Figures.grouped(marked.count)) \(noun)s"
        return [
            .save(
                SaveRequest(
                    stem: noun + "s",
                    files: [
                        SaveRequest.File(ending: ".csv", bytes: Array(table(marked, data).utf8)),
                        SaveRequest.File(ending: ".pgm", bytes: PGMFile.encode(sheet)),
                    ], what: count, work: .marks(Set(marked))))
        ]
    }

    /// Unknown values of a digit are empty, as in rows that the run has not evaluated.
    private func table(_ marked: [MarkedDigit], _ data: LoadedData) -> String {
        let names = data.dataset.classNames
        let lines = marked.map { digit -> String in
            let label = Int(data.images(digit.source).labels[digit.index])
            var fields = [digit.source == .test ? "test" : "train", "\(digit.index)", quoted(names[label])]
            let evaluation = digit.source == .test ? run?.test : run?.validation
            if let evaluation, let row = evaluation.rows.place(of: digit.index) {
                let predicted = Int(evaluation.predictions[row])
                fields += [
                    quoted(names[predicted]), "\(evaluation.probabilities[row * evaluation.classes + predicted])",
                    "\(evaluation.losses[row])", "\(evaluation.epoch)",
                ]
            } else {
                fields += ["", "", "", ""]
            }
            return fields.joined(separator: ",")
        }
        return (["file,index,label,predicted,probability,loss,epoch"] + lines).joined(separator: "\n") + "\n"
    }

    /// A name with a comma or a quotation mark is put in quotation marks.
    private func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}

/// Images side by side on one sheet, in the order of the table.
enum MarkedSheet {
    private static let gap = 2
    private static let mostColumns = 16

    static func image(_ digits: [(images: ImageSet, index: Int)]) -> GrayImage {
        guard let first = digits.first else { return GrayImage(rows: 0, columns: 0, pixels: []) }
        let (rows, columns) = (first.images.rows, first.images.columns)
        let across = min(mostColumns, Int(Double(digits.count).squareRoot().rounded(.up)))
        let down = (digits.count + across - 1) / across
        let width = across * (columns + gap) - gap
        let height = down * (rows + gap) - gap
        var pixels = [UInt8](repeating: 64, count: width * height)
        for (number, digit) in digits.enumerated() {
            let image = digit.images.grayImage(digit.index).pixels
            let start = number / across * (rows + gap) * width + number % across * (columns + gap)
            for row in 0..<rows {
                pixels.replaceSubrange(
                    (start + row * width)..<(start + row * width + columns),
                    with: image[(row * columns)..<((row + 1) * columns)])
            }
        }
        return GrayImage(rows: height, columns: width, pixels: pixels)
    }
}
