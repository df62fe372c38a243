using System.Buffers.Text;
using System.Text;
using Psoxy.Gcp.Identity;

namespace Psoxy.Gcp.Tests.Identity;

public sealed class TokenClaimsTests
{
    [Test]
    public void Roles_and_subject_are_read()
    {
        var claims = TokenClaims.Read(Token("""{"sub":"104817236459182736451","roles":["User.Read.All","Group.Read.All"]}"""))!;

        Assert.That(claims.Subject, Is.EqualTo("104817236459182736451"));
        Assert.That(claims.Roles, Is.EqualTo(["Group.Read.All", "User.Read.All"]));
    }

    [TestCase("{}")]
    [TestCase("""{"roles":null,"sub":null}""")]
    [TestCase("""{"roles":"User.Read.All","sub":104817236459182736451}""")]
    [TestCase("""{"roles":{"User.Read.All":true},"sub":"someone@example.com"}""")]
    [TestCase("""{"roles":[1,null,"Kanarie Person","<b>","a/b"],"sub":""}""")]
    public void What_looks_otherwise_is_none(string payload)
    {
        var claims = TokenClaims.Read(Token(payload))!;

        Assert.That((claims.Subject, claims.Roles.Length), Is.EqualTo(((string?)null, 0)));
    }

    [TestCase("")]
    [TestCase("opaque")]
    [TestCase("a.b")]
    [TestCase("a.b.c.d.e")]
    [TestCase("a.!.c")]
    [TestCase("a.bm90IGpzb24.c")]
    [TestCase("a.W10.c")]
    public void What_cannot_be_read_is_not_guessed_at(string token) => Assert.That(TokenClaims.Read(token), Is.Null);

    private static string Token(string payload) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2ln";
}
