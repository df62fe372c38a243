// Most cells of the matrix wait for something to be given up, which costs no processor.
[assembly: NUnit.Framework.LevelOfParallelism(4)]
