using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Sessions and segments of call records: endpoints, devices, networks and streams.</summary>
internal static class CallSessionData
{
    public static IEnumerable<JsonObject> Sessions(int record, int people) => Enumerable.Range(0, 2).Select(session => Part(
        Synthetic.Id(21 + session, record),
        record,
        people,
        $"\"modalities\": [\"audio\"], \"isTest\": {(record % 9 == 8 ? "true" : "false")}"));

    public static JsonObject Segment(string session, int people)
    {
        var record = Convert.ToInt32(session[^12..], 16);
        return Part(session, record, people, $"\"media\": [{Media(record)}]");
    }

    private static JsonObject Part(string id, int record, int people, string more)
    {
        var (caller, callee, start) = (new Person(record % people), new Person((record + 1) % people), CallRecordData.Start(record));
        return Synthetic.Shape($$"""
            {
              "id": "{{id}}", "startDateTime": "{{Synthetic.Stamp(start)}}", "endDateTime": "{{Synthetic.Stamp(start.AddMinutes(18))}}", {{more}},
              "caller": {{Endpoint(caller, record)}},
              "callee": {{(record % 5 == 4 ? Service : Endpoint(callee, record + 1))}},
              "failureInfo": {{(record % 6 == 5 ? "{\"stage\": \"midcall\", \"reason\": \"Kanarie hung up\"}" : "null")}}
            }
            """);
    }

    private const string Service = """
        {
          "@odata.type": "#microsoft.graph.callRecords.serviceEndpoint",
          "userAgent": {"@odata.type": "#microsoft.graph.callRecords.serviceUserAgent", "headerValue": "Kanarie service/1.0", "applicationVersion": "1.0",
          "role": "skypeForBusinessAudioVideoMcu"}
        }
        """;

    private static string Endpoint(Person who, int record) => $$"""
        {
          "@odata.type": "#microsoft.graph.callRecords.participantEndpoint", "name": "KANARIE-PC-{{who.Index}}", "cpuName": "Kanarie CPU", "cpuCoresCount": 8,
          "cpuProcessorSpeedInMhz": 2800,
          "userAgent": {"@odata.type": "#microsoft.graph.callRecords.clientUserAgent", "headerValue": "Kanarie/1.0 (kanarie laptop)",
          "applicationVersion": "1.0.0.2026", "platform": "windows", "productFamily": "teams", "communicationServiceId": null,
          "azureADAppId": "{{Synthetic.Id(5, 0)}}"},
          "identity": {"acsUser": null, "spoolUser": null, "phone": {{(record % 7 == 3 ? $"{{\"id\": \"{who.Phone}\", \"displayName\": \"{who.Name}\"}}" : "null")}},
          "guest": null, "encrypted": null, "onPremises": null, "application": null, "device": null, "user": {"id": "{{who.Id}}", "displayName": "{{who.Name}}",
          "tenantId": "d0000000-5fad-4d73-a9f5-000000000001"} },
          "associatedIdentity": {"@odata.type": "#microsoft.graph.callRecords.userIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}",
          "userPrincipalName": "{{who.PrincipalName}}"},
          "feedback": {"text": "Kanarie was hard to hear", "rating": "poor", "tokens": {"@odata.type": "#microsoft.graph.callRecords.feedbackTokenSet",
          "CutOffSound": true, "KanarieNoise": false} }
        }
        """;

    private static string Media(int record) => $$"""
        {
          "label": "main-audio", "callerDevice": {{Device(record)}}, "calleeDevice": {{Device(record + 1)}}, "callerNetwork": {{Network(record)}},
          "calleeNetwork": {{Network(record + 1)}},
          "streams": [{
            "streamId": "1504545584", "streamDirection": "callerToCallee", "startDateTime": "2026-03-02T09:00:00Z", "endDateTime": "2026-03-02T09:18:00Z",
            "audioCodec": "satin", "videoCodec": "av1", "wasMediaBypassed": false, "isAudioForwardErrorCorrectionUsed": true,
            "averageAudioDegradation": 0.1, "averageAudioNetworkJitter": "PT0.043S", "averageBandwidthEstimate": 9965083, "averageFreezeDuration": "PT0.1S",
            "averageJitter": "PT0.016S", "averagePacketLossRate": 0.01, "averageRatioOfConcealedSamples": 0.06,
            "averageReceivedFrameRate": 29.5, "averageRoundTripTime": "PT0.061S", "averageVideoFrameLossPercentage": 0.5, "averageVideoFrameRate": 30.0,
            "averageVideoPacketLossRate": 0.02, "lowFrameRateRatio": 0.1, "lowVideoProcessingCapabilityRatio": 0.0,
            "maxAudioNetworkJitter": "PT0.046S", "maxJitter": "PT0.021S", "maxPacketLossRate": 0.05, "maxRatioOfConcealedSamples": 0.26, "maxRoundTripTime": "PT0.079S",
            "packetUtilization": 67, "postForwardErrorCorrectionPacketLossRate": 0.0, "rmsFreezeDuration": "PT0.2S"
          }]
        }
        """;

    private static string Device(int record) => $$"""
        {
          "captureDeviceName": "Kanarie's microphone {{record}}", "captureDeviceDriver": "Kanarie driver 1.0", "renderDeviceName": "Kanarie's headphones",
          "renderDeviceDriver": "Kanarie driver 2.0", "captureNotFunctioningEventRatio": 0.0, "cpuInsufficentEventRatio": 0.1,
          "deviceClippingEventRatio": 0.0, "deviceGlitchEventRatio": 0.0, "howlingEventCount": 0, "initialSignalLevelRootMeanSquare": 60.25,
          "lowSpeechLevelEventRatio": 0.0, "lowSpeechToNoiseEventRatio": 0.0, "micGlitchRate": 23.0, "receivedNoiseLevel": -86,
          "receivedSignalLevel": -14, "renderMuteEventRatio": 0.0, "renderNotFunctioningEventRatio": 0.0, "renderZeroVolumeEventRatio": 1.0, "sentNoiseLevel": -70,
          "sentSignalLevel": -19, "speakerGlitchRate": 3830.0
        }
        """;

    private static string Network(int record) => $$"""
        {
          "ipAddress": "10.150.0.kanarie{{record}}", "subnet": "10.150.kanarie", "macAddress": "00-00-00-kanarie", "reflexiveIPAddress": "127.0.0.kanarie",
          "relayIPAddress": "52.114.kanarie", "dnsSuffix": "kanarie.home", "basicServiceSetIdentifier": "c8:kanarie",
          "port": 27288, "relayPort": 61409, "linkSpeed": 4294967295, "connectionType": "wifi", "networkTransportProtocol": "udp", "bandwidthLowEventRatio": 0.0,
          "delayEventRatio": 0.0, "receivedQualityEventRatio": 0.0, "sentQualityEventRatio": 0.0,
          "wifiBand": "frequency50GHz", "wifiBatteryCharge": 83, "wifiChannel": 36, "wifiMicrosoftDriver": "Kanarie Wi-Fi", "wifiMicrosoftDriverVersion": "kanarie:10",
          "wifiRadioType": "wifi80211ac", "wifiSignalStrength": 78,
          "wifiVendorDriver": "Kanarie vendor", "wifiVendorDriverVersion": "kanarie-23", "traceRouteHops": [{"hopCount": 1, "ipAddress": "10.150.0.kanarie",
          "roundTripTime": "PT0.002S"}]
        }
        """;
}
