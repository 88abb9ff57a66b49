import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

/// What is said of a data set behind its path.
@Suite struct DatasetOptionsTests {
    @Test("Words behind a path are printed as they are read, in one order")
    func words() throws {
        let options = try DatasetOptions(
            parsing: "testseed=7,label=class,size=3x5,scale=-1..1.5,test=0.25,transpose,set=a b")
        #expect(options.text == "set=a b,transpose,size=3x5,scale=-1..1.5,label=class,test=0.25,testseed=7")
        #expect(try DatasetOptions(parsing: options.text) == options)
        #expect(try DatasetOptions(parsing: "label=first").label == .first)
        #expect(try DatasetOptions(parsing: "label=last").label == .last)
        #expect(DatasetOptions().text.isEmpty && DatasetOptions().keys.isEmpty)
    }

    @Test(
        "A word that is no option is refused with what can be said",
        arguments: [
            ("", "one of set=, transpose, size=, scale=, label=, test=, testseed="),
            ("lable=last", "one of set=, transpose, size=, scale=, label=, test=, testseed="),
            ("transpose=yes", "transpose, which turns rows into columns"),
            ("size=28", "size=ROWSxCOLUMNS, such as size=28x28"), ("size=0x4", "size=ROWSxCOLUMNS, such as size=28x28"),
            ("scale=1..0", "scale=LEAST..GREATEST, such as scale=0..16"),
            ("scale=nan..1", "scale=LEAST..GREATEST, such as scale=0..16"),
            ("test=1", "test=SHARE, above 0 and below 1, such as test=0.2"),
            ("testseed=-1", "testseed=NUMBER, a whole number from 0 on"),
            ("label=", "label=first, label=last or label=NAME, the column with the labels"),
        ])
    func refused(word: String, expected: String) {
        let error = #expect(throws: DatasetOptions.Fault.self) { try DatasetOptions(parsing: word) }
        #expect(error?.word == word && error?.expected == expected)
    }

    @Test("A word twice is refused")
    func twice() {
        let error = #expect(throws: DatasetOptions.Fault.self) { try DatasetOptions(parsing: "test=0.1,test=0.2") }
        #expect(error?.word == "test=0.2" && error?.expected == "test once")
    }

    @Test("A source is found again by its argument, with its options; a colon in a name stays one")
    func sources() throws {
        let folder = try TemporaryFolder()
        try folder.write("0,100,20,30,40\n1,50,60,70,80\n0,100,20,30,40\n1,50,60,70,80\n", as: "a:b.csv")
        let plain = try DatasetSource.resolve(folder.path("a:b.csv"))
        #expect(plain.argument == folder.path("a:b.csv") && plain.name == "a:b.csv")
        let source = try DatasetSource.resolve(folder.path("a:b.csv") + ":label=first,transpose")
        #expect(source.argument == folder.path("a:b.csv") + ":transpose,label=first" && source.name == "a:b.csv")
        #expect(try DatasetSource.resolve(source.argument) == source && source != plain)
        let images = try source.load().train
        #expect(Set([Array(images.image(0)), Array(images.image(1))]) == [[100, 30, 20, 40], [50, 70, 60, 80]])
        // Digests that are kept by these marks are of other images.
        #expect(
            plain.fileMarks() != nil && source.fileMarks() == plain.fileMarks().map { $0 + "; transpose,label=first" })
    }

    @Test("What can't be said of a data set is refused in a line with its path")
    func refusals() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.write("0,1,2,3,4\n1,5,6,7,8\n", as: "a.csv")
        for (words, path, message) in [
            (":labl=first", folder.path, "option labl=first: expected one of set=, transpose, size="),
            (":test=0.5", folder.path, "option test: expected nothing, as the files have a test part"),
            (
                ":label=first", folder.path,
                "option label: expected one of set, transpose, scale, test, testseed, as it is a folder with IDX files"
            ),
            (
                ":label=digit", folder.path("a.csv"),
                "option label=digit: expected label=first or label=last, as the columns have no names"
            ),
            (":transpose", "mnist", "option transpose: expected none: a data set with a name is read as it is"),
        ] {
            let error = #expect(throws: DataError.self) { try DatasetSource.resolve(path + words).load() }
            #expect(error?.description.hasPrefix("\(path): \(message)") == true, "\(error?.description ?? "")")
        }
        let nowhere = #expect(throws: DataError.self) { try DatasetSource.resolve("/no/such:transpose") }
        #expect(nowhere?.description.hasPrefix("/no/such:transpose: no such file or folder") == true)
    }
}
